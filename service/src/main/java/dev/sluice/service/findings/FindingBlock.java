package dev.sluice.service.findings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.fleet.FindingSettings;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

public class FindingBlock {

  private static final long MICRO = 1_000_000;

  @JsonProperty
  @NotNull
  @MinDuration(value = 0, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 1, unit = TimeUnit.MINUTES)
  Duration every = Duration.seconds(10);

  @JsonProperty
  @NotNull
  @MinDuration(value = 0, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 1, unit = TimeUnit.HOURS)
  Duration hold = Duration.seconds(15);

  @JsonProperty
  @NotNull
  @MinDuration(value = 0, unit = TimeUnit.SECONDS)
  Duration oldestWaiting = Duration.hours(1);

  @JsonProperty
  @Min(0)
  @Max(1_000_000)
  int burnUsdPerHour;

  @JsonProperty
  @Min(0)
  @Max(200)
  int failures = 3;

  @JsonProperty @Valid @NotNull WebhookBlock webhook = new WebhookBlock();

  /**
   * @param leaseMs as long silence after a start or an outage is no finding
   */
  public FindingSettings settings(long leaseMs) {
    return new FindingSettings(
        every.toMilliseconds(),
        hold.toMilliseconds(),
        leaseMs,
        oldestWaiting.toMilliseconds(),
        burnUsdPerHour * MICRO,
        failures,
        webhook.url() != null);
  }

  public WebhookBlock webhook() {
    return webhook;
  }
}
