package dev.sluice.service.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** A JSON value that is written byte for byte. */
public record RawJson(@JsonValue @JsonRawValue String json) {

  public static @Nullable RawJson ofNullable(@Nullable String json) {
    return json == null ? null : new RawJson(json);
  }
}
