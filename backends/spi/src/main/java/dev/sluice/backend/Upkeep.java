package dev.sluice.backend;

/** Expiry by time, and the store's own health. */
public interface Upkeep {

  /**
   * Stamps the store, so that an outage can be told from silence, and expires what is due in every
   * org, in bounded steps: leases and missed accepts return to the queue (original score, one more
   * attempt), stopped sessions past their grace are released, back-offs end. Safe to run on many
   * nodes at once.
   *
   * <p>If the stamp before is older than {@link Rules#outageGapMs()}, nothing expires before now
   * plus its own time-out (lease, accept time): no outage takes work from a worker that speaks
   * afterwards.
   */
  SweepResult sweep();

  /** A cheap look at the store: whether it answers, and what it found wrong. */
  StoreHealth health();
}
