package dev.sluice.backend.queues;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * @param maxConcurrent most claimed sessions, from 0; null for no limit. Sessions being stopped
 *     count; re-attached and transferred ones may exceed it
 * @param dailyBudgetMicroUsd cost limit of a UTC day in millionths of a dollar, from 0; null for no
 *     limit. Soft: costs are charged at a session's end, so running ones may exceed it
 */
public record QueueLimits(@Nullable Integer maxConcurrent, @Nullable Long dailyBudgetMicroUsd) {

  public static final int MAX_BUDGET_USD = 1_000_000_000;

  public static final QueueLimits NONE = new QueueLimits(null, null);

  public QueueLimits {
    if (maxConcurrent != null && maxConcurrent < 0) {
      throw new IllegalArgumentException("maxConcurrent must not be negative");
    }
    if (dailyBudgetMicroUsd != null && dailyBudgetMicroUsd < 0) {
      throw new IllegalArgumentException("dailyBudgetMicroUsd must not be negative");
    }
  }

  /** True if no more sessions may be claimed. */
  public boolean capped(long claimed) {
    return maxConcurrent != null && claimed >= maxConcurrent;
  }

  public boolean spent(long microUsd) {
    return dailyBudgetMicroUsd != null && microUsd >= dailyBudgetMicroUsd;
  }

  /**
   * Rounds to the nearest millionth.
   *
   * @param usd 0 to {@link #MAX_BUDGET_USD}
   */
  public static long microUsd(BigDecimal usd) {
    return usd.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
