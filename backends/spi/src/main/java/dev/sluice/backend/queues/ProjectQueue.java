package dev.sluice.backend.queues;

import org.jspecify.annotations.Nullable;

/**
 * @param counts sessions by place
 * @param spentMicroUsd charged this UTC day, in millionths of a dollar; only kept with a budget
 * @param pause null if not in force
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

  /** Bounds the reads of work put in front, whose score doesn't hold its enqueue time. */
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

  /** Most sessions that polls may claim now; {@link Long#MAX_VALUE} without a cap. */
  public long room() {
    Integer most = limits.maxConcurrent();
    if (!open()) {
      return 0;
    }
    return most == null ? Long.MAX_VALUE : most - counts.claimed();
  }

  /** Slots that would get work now, if enough workers that take it had them. */
  public long unmet() {
    return Math.min(counts.ready() + counts.returned(), room());
  }
}
