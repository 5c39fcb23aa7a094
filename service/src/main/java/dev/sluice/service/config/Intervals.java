package dev.sluice.service.config;

import dev.sluice.backend.Dialect;
import dev.sluice.service.dispatch.Patience;
import java.time.Duration;

/** Intervals that workers are asked to keep. {@code held} is the delay of their empty polls. */
public record Intervals(Duration heartbeat, Duration poll, Patience held) {

  private static final Duration BETWEEN_HELD_POLLS = Duration.ofSeconds(1);

  /** The TypeScript worker sleeps this long, and up to 40 % longer, also when it has taken work. */
  private static final Duration SLEEP = Duration.ofMillis(200);

  public Duration poll(Dialect dialect) {
    Duration between = dialect == Dialect.STANDARD ? SLEEP : BETWEEN_HELD_POLLS;
    return held.of(dialect).isZero() || poll.compareTo(between) < 0 ? poll : between;
  }
}
