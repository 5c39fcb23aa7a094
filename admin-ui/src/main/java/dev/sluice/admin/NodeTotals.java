package dev.sluice.admin;

/** What went through this node; other nodes of the fleet count what went through them. */
@FunctionalInterface
public interface NodeTotals {

  /**
   * Since the node started; zeros for an org it served nothing.
   *
   * <p>Answers from memory, from any thread.
   */
  Totals totals(String org);

  /**
   * Counts that only grow.
   *
   * @param enqueued items taken in, without refused ones and repeats
   * @param claimed items that polls handed out
   * @param completed sessions whose workers reported them completed
   * @param waits how long items had waited when polls handed them out
   */
  record Totals(long enqueued, long claimed, long completed, WaitHistogram waits) {

    /** Of a node that counted nothing. */
    public static final Totals NONE = new Totals(0, 0, 0, WaitHistogram.NONE);

    /** What came to them after an earlier look. */
    public Totals since(Totals earlier) {
      return new Totals(
          enqueued - earlier.enqueued,
          claimed - earlier.claimed,
          completed - earlier.completed,
          waits.since(earlier.waits));
    }
  }
}
