package dev.sluice.backend.engine.records;

import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.QueueLimits;
import org.jspecify.annotations.Nullable;

/**
 * @param spentMicroUsd charged on {@code spentDay}
 * @param spentDay UTC day since the epoch
 */
public record QueueRecord(
    String project, QueueLimits limits, long spentMicroUsd, long spentDay, @Nullable Pause pause) {

  private static final long DAY_MS = 24 * 3_600_000L;

  public static QueueRecord none(String project) {
    return new QueueRecord(project, QueueLimits.NONE, 0, 0, null);
  }

  public static long day(long ms) {
    return Math.floorDiv(ms, DAY_MS);
  }

  public boolean nothing() {
    return equals(none(project));
  }

  public boolean overBudget() {
    return limits.spent(spentMicroUsd);
  }

  /** Time when a queue over its budget opens again, epoch ms. */
  public long midnightMs() {
    return (spentDay + 1) * DAY_MS;
  }

  public long spentOn(long nowMs) {
    return spentDay == day(nowMs) ? spentMicroUsd : 0;
  }

  public QueueRecord paused(@Nullable Pause newPause) {
    return new QueueRecord(project, limits, spentMicroUsd, spentDay, newPause);
  }

  /** Spending stays if there was and is a budget. */
  public QueueRecord limited(QueueLimits newLimits, long nowMs) {
    boolean keeps = limits.dailyBudgetMicroUsd() != null && newLimits.dailyBudgetMicroUsd() != null;
    long day = newLimits.dailyBudgetMicroUsd() == null ? 0 : day(nowMs);
    return new QueueRecord(project, newLimits, keeps ? spentOn(nowMs) : 0, day, pause);
  }

  public QueueRecord charged(long microUsd, long nowMs) {
    return new QueueRecord(project, limits, spentOn(nowMs) + microUsd, day(nowMs), pause);
  }

  public QueueRecord unspent(long nowMs) {
    return new QueueRecord(project, limits, 0, day(nowMs), pause);
  }
}
