package dev.sluice.backend.engine.records;

import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.QueueLimits;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a project's queue, and what it has spent.
 *
 * @param spentMicroUsd what was charged to it on {@code spentDay}
 * @param spentDay the UTC day, counted from the epoch
 * @param pause the pause in force, or null
 */
public record QueueRecord(
    String project, QueueLimits limits, long spentMicroUsd, long spentDay, @Nullable Pause pause) {

  private static final long DAY_MS = 24 * 3_600_000L;

  /** Of a project nobody has said anything of. */
  public static QueueRecord none(String project) {
    return new QueueRecord(project, QueueLimits.NONE, 0, 0, null);
  }

  /** The UTC day of a time. */
  public static long day(long ms) {
    return Math.floorDiv(ms, DAY_MS);
  }

  /** Whether it says nothing. */
  public boolean nothing() {
    return equals(none(project));
  }

  /** Whether it has spent what it may. */
  public boolean overBudget() {
    return limits.spent(spentMicroUsd);
  }

  /** When a queue over its budget opens again, epoch ms. */
  public long midnightMs() {
    return (spentDay + 1) * DAY_MS;
  }

  /** What it has spent on the day of that time. */
  public long spentOn(long nowMs) {
    return spentDay == day(nowMs) ? spentMicroUsd : 0;
  }

  /** With a pause, or without. */
  public QueueRecord paused(@Nullable Pause newPause) {
    return new QueueRecord(project, limits, spentMicroUsd, spentDay, newPause);
  }

  /** With other limits; what it spent counts on if it had a budget. */
  public QueueRecord limited(QueueLimits newLimits, long nowMs) {
    boolean keeps = limits.dailyBudgetMicroUsd() != null && newLimits.dailyBudgetMicroUsd() != null;
    long day = newLimits.dailyBudgetMicroUsd() == null ? 0 : day(nowMs);
    return new QueueRecord(project, newLimits, keeps ? spentOn(nowMs) : 0, day, pause);
  }

  /** After a charge. */
  public QueueRecord charged(long microUsd, long nowMs) {
    return new QueueRecord(project, limits, spentOn(nowMs) + microUsd, day(nowMs), pause);
  }

  /** On a new day. */
  public QueueRecord unspent(long nowMs) {
    return new QueueRecord(project, limits, 0, day(nowMs), pause);
  }
}
