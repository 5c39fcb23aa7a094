package dev.sluice.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Rules;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Block {@code limits} of the configuration: what each means stands in {@code config.yml}. */
public class Limits {

  @JsonProperty
  @Min(1)
  @Max(100)
  int itemsPerPoll = Rules.DEFAULTS.maxItemsPerPoll();

  @JsonProperty
  @Min(1)
  @Max(1_000)
  int unacknowledgedMessages = Rules.DEFAULTS.maxUnacked();

  /** The rules of the backend, from these limits and the times. */
  Rules rules(Timing timing) {
    Rules defaults = Rules.DEFAULTS;
    return new Rules(
        timing.lease.toMilliseconds(),
        timing.accept.toMilliseconds(),
        timing.acceptGoDaemon.toMilliseconds(),
        timing.stopGrace.toMilliseconds(),
        timing.visibility.toMilliseconds(),
        timing.nackBackoff.toMilliseconds(),
        itemsPerPoll,
        defaults.messagesPerRead(),
        defaults.normalShare(),
        unacknowledgedMessages,
        defaults.maxReturns(),
        defaults.maxCapabilitySets(),
        defaults.dueStep(),
        defaults.exactPosition());
  }
}
