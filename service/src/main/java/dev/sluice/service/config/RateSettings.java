package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.Rate;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

public class RateSettings {

  @JsonProperty @Valid @NotNull Rate anonymous = new Rate(100, 10);

  @JsonProperty @Valid @NotNull Rate credential = new Rate(0, 0);

  @JsonProperty @Valid @NotNull Rate registration = new Rate(2_000, 200);

  public Admission.Limits limits() {
    return new Admission.Limits(anonymous, credential, registration);
  }
}
