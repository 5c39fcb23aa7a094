package dev.sluice.backend.queues;

import org.jspecify.annotations.Nullable;

/**
 * The queue of a project.
 *
 * @param counts sessions by place
 * @param spentMicroUsd charged this UTC day, in millionths of a dollar; only kept with a budget
 * @param pause the pause in force, or null
 * @param oldestQueuedAtMs earliest enqueue time of ready and returned work, epoch ms; 0 for none.
 *     Of work put in front, only the first {@link #FRONT_LOOKED_AT} count
 */
public record ProjectQueue(
    String project,
    Counts counts,
    QueueLimits limits,
    long spentMicroUsd,
    @Nullable Pause pause,
    long oldestQueuedAtMs) {

  /**
   * Limit for reading enqueue times of work put in front, which its score doesn't hold; bounds the
   * cost of reading a queue.
   */
  public static final int FRONT_LOOKED_AT = 64;

  public boolean capped() {
    return limits.capped(counts.claimed());
  }

  public boolean overBudget() {
    return limits.spent(spentMicroUsd);
  }

  /** True if it hands out work. */
  public boolean open() {
    return pause == null && !capped() && !overBudget();
  }
}
