package dev.sluice.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** Block {@code retention} of {@code config.yml}. */
public class Retention {

  private static final Rules.Kept KEPT = Rules.Kept.DEFAULTS;

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration ended = Duration.milliseconds(KEPT.endedMs());

  @JsonProperty
  @Min(0)
  long maxEnded = KEPT.maxEnded();

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration deadLetters = Duration.milliseconds(KEPT.deadMs());

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration inboxArchive = Duration.milliseconds(KEPT.archiveMs());

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration silentWorkers = Duration.milliseconds(KEPT.silentWorkerMs());

  @JsonProperty
  @Min(1)
  @Max(Page.MAX)
  int activities = KEPT.activities();

  @JsonProperty
  @Min(1)
  @Max(Page.MAX)
  int timeline = KEPT.events();

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration audit = Duration.milliseconds(KEPT.auditMs());

  @JsonProperty
  @Min(1)
  @Max(10_000_000)
  long maxAudit = KEPT.maxAudit();

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration idempotency = Duration.milliseconds(KEPT.idempotencyMs());

  Rules.Kept kept() {
    return new Rules.Kept(
        ended.toMilliseconds(),
        maxEnded,
        deadLetters.toMilliseconds(),
        inboxArchive.toMilliseconds(),
        silentWorkers.toMilliseconds(),
        activities,
        timeline,
        audit.toMilliseconds(),
        maxAudit,
        idempotency.toMilliseconds());
  }
}
