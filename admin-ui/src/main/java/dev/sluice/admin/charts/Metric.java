package dev.sluice.admin.charts;

/** Measurements of a fleet; the first two also of each queue. */
public enum Metric {
  /** All waiting work of a fleet; ready and returned work of a queue. */
  WAITING,
  /** Age of the oldest ready or returned work, ms; 0 if none. */
  OLDEST,
  CLAIMED,
  /** Slots in use of available workers. */
  BUSY,
  SLOTS,
  /** Items per second through this node in the last minute, like the next two; stored: a step. */
  ENQUEUED,
  HANDED_OUT,
  COMPLETED,
  /** Median time in queue of items claimed through this node in the last minute, ms. */
  WAITED_HALF,
  /** The 95th percentile, ms. */
  WAITED_MOST,
  /** Stored ones only, like the next. */
  FAILED,
  /** In millionths of a dollar. */
  COST;

  static final int OF_QUEUE = OLDEST.ordinal() + 1;
}
