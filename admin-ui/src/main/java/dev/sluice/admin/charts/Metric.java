package dev.sluice.admin.charts;

/** What is remembered of a fleet, and the first two of each queue. */
public enum Metric {
  /** Waiting work: all of it of a fleet; what is in order, ready or returned, of a queue. */
  WAITING,
  /** Age of the oldest work in order, ms; 0 where none waits. */
  OLDEST,
  /** Claimed sessions. */
  CLAIMED,
  /** Taken slots of workers that serve. */
  BUSY,
  /** All slots of workers that serve. */
  SLOTS,
  /** Items that this node took in, a second, over the minute before. */
  ENQUEUED,
  /** Items that polls of this node handed out, a second, over the same. */
  HANDED_OUT,
  /** Sessions reported to this node as completed, a second, over the same. */
  COMPLETED,
  /** Half of what this node handed out in that minute had waited no longer, ms. */
  WAITED_HALF,
  /** 95 in a hundred had waited no longer, ms. */
  WAITED_MOST;

  /** How many are kept of a queue: those up to {@link #OLDEST}. */
  static final int OF_QUEUE = OLDEST.ordinal() + 1;
}
