package dev.sluice.backend.tck.model;

import dev.sluice.backend.Counts;
import dev.sluice.backend.Pause;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueLimits;
import org.jspecify.annotations.Nullable;

/** What is kept of a project: docs/rules.md, "Queues of projects". */
final class ModelProject {

  static final long DAY_MS = 24 * 3_600_000L;

  final String name;
  QueueLimits limits = QueueLimits.NONE;
  @Nullable Pause pause;

  /** What was charged on {@link #day}. */
  long spent;

  /** A UTC day, counted from the epoch. */
  long day;

  ModelProject(String name) {
    this.name = name;
  }

  /** Whether there is anything to keep. */
  boolean hasOrders() {
    return pause != null || !limits.equals(QueueLimits.NONE);
  }

  /** Also on a later day, until its midnight was handled. */
  boolean overBudget() {
    Long budget = limits.dailyBudgetMicroUsd();
    return budget != null && spent >= budget;
  }

  /** When the spending that closed it is forgotten. */
  long midnight() {
    return (day + 1) * DAY_MS;
  }

  /** On a new day the spending is 0. */
  void roll(long now) {
    if (day != now / DAY_MS) {
      spent = 0;
      day = now / DAY_MS;
    }
  }

  void charge(long cost, long now) {
    if (limits.dailyBudgetMicroUsd() != null) {
      roll(now);
      spent += cost;
    }
  }

  void limit(QueueLimits newLimits, long now) {
    roll(now);
    if (newLimits.dailyBudgetMicroUsd() == null) {
      spent = 0;
    }
    limits = newLimits;
  }

  ProjectQueue view(Counts counts, long oldestQueuedAt, long now) {
    boolean stands = overBudget() || day == now / DAY_MS;
    return new ProjectQueue(name, counts, limits, stands ? spent : 0, pause, oldestQueuedAt);
  }
}
