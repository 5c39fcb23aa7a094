package dev.sluice.backend.hazelcast.epoch;

import java.util.function.LongSupplier;

/**
 * The leaders that this voter has followed, and when.
 *
 * <p>A leader grants a lease only for a report that it had before a majority answered it. So once a
 * majority has followed no earlier leader for a while, no lease of one is younger than that. How a
 * leader was elected says nothing about it: a voter that just heard its leader votes for another
 * one if that leader hands over, or if it led itself.
 */
final class Followed {

  private final LongSupplier nanos;
  private int latestTerm;
  private boolean led;
  private long latestNanos;
  private long earlierNanos;

  Followed(LongSupplier nanos) {
    this.nanos = nanos;
    latestNanos = nanos.getAsLong(); // another process of this voter may have followed until now
    earlierNanos = latestNanos;
  }

  /** A message of the term's leader has come. */
  synchronized void heard(int term) {
    if (term >= latestTerm) {
      note(term, false);
    }
  }

  /** This member leads the term. */
  synchronized void leads(int term) {
    if (term >= latestTerm) {
      note(term, true);
    }
  }

  private void note(int term, boolean leads) {
    if (term > latestTerm) {
      earlierNanos = followedNanos();
    }
    latestTerm = term;
    led = leads;
    latestNanos = nanos.getAsLong();
  }

  /** A leader follows itself until it is seen that it doesn't lead any more. */
  private long followedNanos() {
    if (led) {
      led = false;
      latestNanos = nanos.getAsLong();
    }
    return latestNanos;
  }

  /** Time since this voter followed, or was, the leader of a term before this one; or its age. */
  synchronized long earlierMs(int term) {
    long last = term > latestTerm ? followedNanos() : earlierNanos;
    return (nanos.getAsLong() - last) / 1_000_000;
  }
}
