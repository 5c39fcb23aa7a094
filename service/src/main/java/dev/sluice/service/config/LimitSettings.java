package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Rules;
import dev.sluice.service.api.StatusBody;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

public class LimitSettings {

  private static final Rules.Tries TRIES = Rules.Tries.DEFAULTS;
  private static final Rules.Bounds BOUNDS = Rules.Bounds.DEFAULTS;

  @JsonProperty
  @Min(1)
  @Max(100)
  int itemsPerPoll = Rules.DEFAULTS.maxItemsPerPoll();

  @JsonProperty
  @Min(1)
  @Max(1_000)
  int unacknowledgedMessages = Rules.DEFAULTS.maxUnacked();

  @JsonProperty
  @Min(0)
  long maxWaiting = Rules.DEFAULTS.maxWaiting();

  @JsonProperty
  @Min(1)
  @Max(100_000)
  int maxBatch = Rules.DEFAULTS.maxBatch();

  @JsonProperty
  @Min(0)
  @Max(1L << 50)
  long maxBytes = BOUNDS.maxBytes();

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxWorkers = BOUNDS.maxWorkers();

  @JsonProperty
  @Min(0)
  @Max(1_000_000)
  int maxWorkersPerKey = BOUNDS.maxWorkersPerKey();

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxProjects = BOUNDS.maxProjects();

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxSessionCostUsd = 10_000;

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxAttempts = TRIES.maxAttempts();

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxNacks = TRIES.maxNacks();

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int noShows = TRIES.noShows();

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration quarantine = Duration.milliseconds(TRIES.quarantineMs());

  public int itemsPerPoll() {
    return itemsPerPoll;
  }

  public StatusBody statuses() {
    return new StatusBody(maxSessionCostUsd);
  }

  Rules rules(TimingSettings timing, RetentionSettings retention) {
    Rules defaults = Rules.DEFAULTS;
    return new Rules(
        timing.lease.toMilliseconds(),
        timing.accept.toMilliseconds(),
        Math.max(timing.accept.toMilliseconds(), defaults.acceptGoDaemonMs()),
        timing.stopGrace.toMilliseconds(),
        timing.visibility.toMilliseconds(),
        defaults.nackBackoffMs(),
        itemsPerPoll,
        defaults.messagesPerRead(),
        defaults.normalShare(),
        unacknowledgedMessages,
        defaults.maxReturns(),
        defaults.maxCapabilitySets(),
        defaults.dueStep(),
        defaults.exactPosition(),
        maxWaiting,
        maxBatch,
        timing.upgrade.toMilliseconds(),
        new Rules.Tries(
            maxAttempts,
            maxNacks,
            TRIES.maxOffers(),
            noShows,
            quarantine.toMilliseconds(),
            Math.max(quarantine.toMilliseconds(), TRIES.longestQuarantineMs())),
        retention.kept(),
        new Rules.Bounds(
            maxBytes,
            maxWorkers,
            maxProjects,
            BOUNDS.maxOrgCapabilitySets(),
            BOUNDS.maxKeys(),
            maxWorkersPerKey));
  }
}
