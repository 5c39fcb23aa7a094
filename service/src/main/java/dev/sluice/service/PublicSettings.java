package dev.sluice.service;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import org.jspecify.annotations.Nullable;

/** Block {@code publicFamily} of {@code config.yml}. */
public class PublicSettings {

  @JsonProperty @Nullable String idSalt = null;

  @JsonProperty boolean embeds = false;

  @JsonIgnore
  @ValidationMethod(message = "embeds: true needs idSalt, which keys the access hashes")
  public boolean isEachEmbedKeyed() {
    return !embeds || salt() != null;
  }

  /** Returns null if it is unset or blank. */
  @Nullable String salt() {
    return idSalt == null || idSalt.isBlank() ? null : idSalt.strip();
  }
}
