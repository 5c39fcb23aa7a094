package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Rules;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

public class TimingSettings {

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  Duration heartbeat = Duration.seconds(30);

  @JsonProperty
  @NotNull
  @MinDuration(value = 10, unit = TimeUnit.MILLISECONDS)
  Duration poll = Duration.seconds(5);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  Duration lease = Duration.seconds(180);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  Duration accept = Duration.minutes(5);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  Duration stopGrace = Duration.seconds(90);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  Duration visibility = Duration.seconds(60);

  @JsonProperty
  @NotNull
  @MinDuration(value = 0, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 30, unit = TimeUnit.DAYS)
  Duration upgrade = Duration.milliseconds(Rules.DEFAULTS.upgradeMs());

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  Duration runtimeToken = Duration.hours(1);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.MINUTES)
  @MaxDuration(value = 30, unit = TimeUnit.DAYS)
  Duration operatorSession = Duration.hours(12);

  Intervals intervals(PollSettings polls) {
    return new Intervals(heartbeat.toJavaDuration(), poll.toJavaDuration(), polls.patience(poll));
  }

  public Duration runtimeToken() {
    return runtimeToken;
  }

  public Duration operatorSession() {
    return operatorSession;
  }
}
