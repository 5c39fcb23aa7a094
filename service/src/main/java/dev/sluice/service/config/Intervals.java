package dev.sluice.service.config;

import dev.sluice.backend.Dialect;
import dev.sluice.service.dispatch.Patience;
import java.time.Duration;

/** Intervals that workers are asked to keep. {@code held} is the delay of their empty polls. */
public record Intervals(Duration heartbeat, Duration poll, Patience held) {

  private static final Duration BETWEEN_HELD_POLLS = Duration.ofSeconds(1);

  public Duration poll(Dialect dialect) {
    return held.of(dialect).isZero() || poll.compareTo(BETWEEN_HELD_POLLS) < 0
        ? poll
        : BETWEEN_HELD_POLLS;
  }
}
