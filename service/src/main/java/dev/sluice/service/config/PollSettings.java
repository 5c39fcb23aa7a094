package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Dialect;
import dev.sluice.service.dispatch.Patience;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

public class PollSettings {

  @JsonProperty @Valid @NotNull Hold hold = new Hold();

  /** By dialect; zero is off. */
  public static class Hold {

    @JsonProperty
    @NotNull
    @MinDuration(value = 0, unit = TimeUnit.SECONDS)
    @MaxDuration(value = 25, unit = TimeUnit.SECONDS)
    Duration standard = Duration.seconds(20);

    @JsonProperty
    @NotNull
    @MinDuration(value = 0, unit = TimeUnit.SECONDS)
    @MaxDuration(value = 25, unit = TimeUnit.SECONDS)
    Duration snakeCase = Duration.seconds(20);

    @JsonProperty
    @NotNull
    @MinDuration(value = 0, unit = TimeUnit.SECONDS)
    @MaxDuration(value = 25, unit = TimeUnit.SECONDS)
    Duration goDaemon = Duration.seconds(20);
  }

  boolean shorterThan(Duration idleTimeout) {
    return Stream.of(hold.standard, hold.snakeCase, hold.goDaemon)
        .allMatch(longest -> longest.compareTo(idleTimeout) < 0);
  }

  /** Returns the patience for polls without {@code wait}. */
  Patience patience(Duration settle) {
    return new Patience(
        Map.of(
            Dialect.STANDARD, hold.standard.toJavaDuration(),
            Dialect.SNAKE_CASE, hold.snakeCase.toJavaDuration(),
            Dialect.GO_DAEMON, hold.goDaemon.toJavaDuration()),
        false,
        settle.toJavaDuration());
  }
}
