package dev.sluice.backend.queues;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a project may use at once and in a day.
 *
 * @param maxConcurrent most sessions of the project claimed at once, from 0; null for no limit.
 *     Sessions in the grace of a stop count, re-attached and transferred ones may exceed it.
 * @param dailyBudgetMicroUsd what its sessions may cost in a UTC day, in millionths of a dollar,
 *     from 0; null for no limit. Soft: a cost is charged when its session ends, so those that run
 *     may exceed it.
 */
public record QueueLimits(@Nullable Integer maxConcurrent, @Nullable Long dailyBudgetMicroUsd) {

  /** A budget beyond, in dollars, is none. */
  public static final int MAX_BUDGET_USD = 1_000_000_000;

  /** No limit at all. */
  public static final QueueLimits NONE = new QueueLimits(null, null);

  public QueueLimits {
    if (maxConcurrent != null && maxConcurrent < 0) {
      throw new IllegalArgumentException("maxConcurrent must not be negative");
    }
    if (dailyBudgetMicroUsd != null && dailyBudgetMicroUsd < 0) {
      throw new IllegalArgumentException("dailyBudgetMicroUsd must not be negative");
    }
  }

  /** True if no more of the project's sessions may be claimed than these. */
  public boolean capped(long claimed) {
    return maxConcurrent != null && claimed >= maxConcurrent;
  }

  /** True if a day's budget is spent with this cost. */
  public boolean spent(long microUsd) {
    return dailyBudgetMicroUsd != null && microUsd >= dailyBudgetMicroUsd;
  }

  /**
   * Dollars in millionths, to the nearest.
   *
   * @param usd 0 to {@link #MAX_BUDGET_USD}
   */
  public static long microUsd(BigDecimal usd) {
    return usd.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
