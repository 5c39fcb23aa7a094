package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Rules;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

public class RetentionSettings {

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
  Duration silentWorkers = Duration.milliseconds(KEPT.silentWorkerMs());

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration audit = Duration.milliseconds(KEPT.auditMs());

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration events = Duration.milliseconds(KEPT.loggedMs());

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxEvents = KEPT.maxLogged();

  Rules.Kept kept() {
    return new Rules.Kept(
        ended.toMilliseconds(),
        maxEnded,
        deadLetters.toMilliseconds(),
        KEPT.archiveMs(),
        silentWorkers.toMilliseconds(),
        KEPT.activities(),
        KEPT.events(),
        audit.toMilliseconds(),
        KEPT.maxAudit(),
        KEPT.idempotencyMs(),
        events.toMilliseconds(),
        maxEvents);
  }
}
