package dev.sluice.backend.queues;

import org.jspecify.annotations.Nullable;

/**
 * The queue of one project: what stands in it and what closes it.
 *
 * @param project its project
 * @param counts its sessions by place
 * @param limits what it may use
 * @param spentMicroUsd what was charged to it this UTC day, in millionths of a dollar. Charges are
 *     kept only while it has a budget.
 * @param pause the pause in force, or null
 * @param oldestQueuedAtMs the smallest enqueue time of its ready and returned work, epoch ms; 0 if
 *     there is none. Of work that was put in front, the {@link #FRONT_LOOKED_AT} foremost count.
 */
public record ProjectQueue(
    String project,
    Counts counts,
    QueueLimits limits,
    long spentMicroUsd,
    @Nullable Pause pause,
    long oldestQueuedAtMs) {

  /**
   * How much work put in front is looked at for its enqueue time, which its score doesn't tell: a
   * bound, so that what a look at a queue costs doesn't grow with it.
   */
  public static final int FRONT_LOOKED_AT = 64;

  /** Whether as many of its sessions are claimed as may be. */
  public boolean capped() {
    return limits.capped(counts.claimed());
  }

  /** Whether its budget of the day is spent. */
  public boolean overBudget() {
    return limits.spent(spentMicroUsd);
  }

  /** Whether it hands work out, if it has any. */
  public boolean open() {
    return pause == null && !capped() && !overBudget();
  }
}
