package dev.sluice.service.gitcredentials;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to leave alone what failed: 5 s, twice as long each time it fails again, at most 5 min.
 */
final class BackOff {

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(5);

  private int failures;
  private Instant until = Instant.MIN;

  /** Whether it is to be left alone. */
  synchronized boolean holds(Instant now) {
    return now.isBefore(until);
  }

  /**
   * Notes a failure; one that was under way when another was noted counts as the same.
   *
   * @param atLeast how long to wait at least, whatever the number of failures
   * @return whether it is the first since the last success
   */
  synchronized boolean failed(Instant now, Duration atLeast) {
    Duration wait = atLeast;
    boolean first = false;
    if (!holds(now)) {
      failures = Math.min(failures + 1, 10);
      first = failures == 1;
      wait = longer(wait, shorter(FIRST.multipliedBy(1L << (failures - 1)), MOST));
    }
    Instant end = now.plus(wait);
    until = end.isAfter(until) ? end : until;
    return first;
  }

  /** Notes that it works. */
  synchronized void succeeded() {
    failures = 0;
    until = Instant.MIN;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
