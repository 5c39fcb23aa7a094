package dev.sluice.service.auth;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * A limit of calls.
 *
 * @param burst calls that may come at once; 0 for two seconds' worth
 * @param perSecond calls a second after that; 0 for no limit
 */
public record Rate(@Min(0) @Max(1_000_000) int burst, @Min(0) @Max(1_000_000) int perSecond) {

  /** True if calls are limited at all. */
  boolean limits() {
    return perSecond > 0;
  }

  /** The burst in force. */
  int atOnce() {
    return burst > 0 ? burst : 2 * perSecond;
  }
}
