package dev.sluice.fleet;

/** Counts of calls through this node since its start. */
@FunctionalInterface
public interface NodeTotals {

  /** Returns zeros for an unknown org. Thread-safe, from memory. */
  Totals totals(String org);

  /**
   * @param enqueued accepted items, without repeats
   * @param claimed by polls
   * @param waits time in queue of claimed items
   */
  record Totals(long enqueued, long claimed, long completed, WaitHistogram waits) {

    public static final Totals NONE = new Totals(0, 0, 0, WaitHistogram.NONE);

    public Totals since(Totals earlier) {
      return new Totals(
          enqueued - earlier.enqueued,
          claimed - earlier.claimed,
          completed - earlier.completed,
          waits.since(earlier.waits));
    }
  }
}
