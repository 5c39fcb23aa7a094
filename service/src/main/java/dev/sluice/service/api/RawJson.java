package dev.sluice.service.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** A JSON value that is answered as it is, byte for byte. */
public record RawJson(@JsonValue @JsonRawValue String json) {

  /** Of a text that may be missing. */
  public static @Nullable RawJson ofNullable(@Nullable String json) {
    return json == null ? null : new RawJson(json);
  }
}
