package dev.sluice.service.auth;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code burst} 0 means two seconds' worth, {@code perSecond} 0 no limit. */
public record Rate(@Min(0) @Max(1_000_000) int burst, @Min(0) @Max(1_000_000) int perSecond) {

  boolean limits() {
    return perSecond > 0;
  }

  int atOnce() {
    return burst > 0 ? burst : 2 * perSecond;
  }
}
