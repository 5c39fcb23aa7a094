package dev.sluice.backend;

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
 */
public record ProjectQueue(
    String project, Counts counts, QueueLimits limits, long spentMicroUsd, @Nullable Pause pause) {

  /** Whether as many of its sessions are claimed as may be. */
  public boolean capped() {
    Integer max = limits.maxConcurrent();
    return max != null && counts.claimed() >= max;
  }

  /** Whether its budget of the day is spent. */
  public boolean overBudget() {
    Long budget = limits.dailyBudgetMicroUsd();
    return budget != null && spentMicroUsd >= budget;
  }

  /** Whether it hands work out, if it has any. */
  public boolean open() {
    return pause == null && !capped() && !overBudget();
  }
}
