package dev.sluice.fleet;

import java.time.Duration;

/** A pause of 50 times as long as a scan took, at most 10 s: scans take 2% of the time. */
record Rest(long sinceNs, long forNs) {

  static final Rest NONE = new Rest(0, 0);

  private static final int TIMES = 50;
  private static final long MOST_NS = Duration.ofSeconds(10).toNanos();

  static Rest after(long beginNs, long endNs) {
    return new Rest(endNs, Math.min(MOST_NS, TIMES * (endNs - beginNs)));
  }

  boolean isOver(long nowNs) {
    return nowNs - sinceNs >= forNs;
  }
}
