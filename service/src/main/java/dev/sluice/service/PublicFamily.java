package dev.sluice.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Block {@code publicFamily} of the configuration: what each means stands in {@code config.yml}.
 */
public class PublicFamily {

  @JsonProperty @Nullable String idSalt = null;

  @JsonProperty boolean embeds = true;

  /** The salt; null where it is unset or blank. */
  @Nullable String salt() {
    return idSalt == null || idSalt.isBlank() ? null : idSalt.strip();
  }
}
