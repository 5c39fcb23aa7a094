package dev.sluice.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Block {@code polls} of {@code config.yml}. */
public class Polls {

  @JsonProperty
  @Min(0)
  @Max(1_000_000)
  int maxParked = 20_000;

  @JsonProperty
  @Min(0)
  @Max(1_000_000)
  int maxFollowed = 10_000;
}
