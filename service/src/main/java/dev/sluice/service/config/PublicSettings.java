package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import org.jspecify.annotations.Nullable;

public class PublicSettings {

  @JsonProperty @Nullable String idSalt = null;

  @JsonProperty boolean embeds = false;

  @JsonIgnore
  @ValidationMethod(message = "embeds: true needs idSalt, which keys the access hashes")
  public boolean isEachEmbedKeyed() {
    return !embeds || salt() != null;
  }

  /** Blank means unset. */
  public boolean embeds() {
    return embeds;
  }

  public @Nullable String salt() {
    return idSalt == null || idSalt.isBlank() ? null : idSalt.strip();
  }
}
