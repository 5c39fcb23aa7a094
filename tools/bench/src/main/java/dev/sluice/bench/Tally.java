package dev.sluice.bench;

import dev.sluice.bench.figures.Samples;
import java.util.List;

final class Tally {

  final Samples latencies = new Samples();

  long emptyPolls;
  long claimed;
  long completed;

  /** Times of {@link System#nanoTime}; 0 means never. */
  long lastClaim;

  long lastCompletion;

  boolean tokensSeen;

  static Tally sum(List<Tally> tallies) {
    Tally sum = new Tally();
    for (Tally tally : tallies) {
      sum.latencies.addAll(tally.latencies);
      sum.emptyPolls += tally.emptyPolls;
      sum.claimed += tally.claimed;
      sum.completed += tally.completed;
      sum.lastClaim = later(sum.lastClaim, tally.lastClaim);
      sum.lastCompletion = later(sum.lastCompletion, tally.lastCompletion);
      sum.tokensSeen |= tally.tokensSeen;
    }
    return sum;
  }

  private static long later(long a, long b) {
    return a == 0 || (b != 0 && b - a > 0) ? b : a; // nanoTime may be negative and wrap
  }
}
