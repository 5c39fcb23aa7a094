package dev.sluice.service.gitcredentials;

import java.time.Duration;
import java.time.Instant;

/** 5 s, doubling up to 5 min. */
final class BackOff {

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(5);

  private int failures;
  private Instant until = Instant.MIN;

  synchronized boolean holds(Instant now) {
    return now.isBefore(until);
  }

  /** Concurrent failures count as one. True for the first since the last success. */
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
