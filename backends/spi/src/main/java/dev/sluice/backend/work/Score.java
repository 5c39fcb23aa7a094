package dev.sluice.backend.work;

import dev.sluice.backend.Names;

/**
 * The order of hand-out: lowest score first, ties by {@link Names#compareBytes}.
 *
 * <p>A score is the priority, clamped to 1..9, times 10^13, plus the enqueue time in ms. Exact in a
 * double.
 */
public final class Score {

  public static final int FIRST_PRIORITY = 1;

  public static final int LAST_PRIORITY = 9;

  private static final long BAND = 10_000_000_000_000L;

  private Score() {}

  public static long of(int priority, long queuedAtMs) {
    return Math.min(Math.max(priority, FIRST_PRIORITY), LAST_PRIORITY) * BAND + queuedAtMs;
  }

  /**
   * The score before all others, also those put in front earlier.
   *
   * @param t at least now in epoch ms, and greater than any used before in the org
   */
  public static long front(long t) {
    return BAND - t;
  }

  /** The score then holds no enqueue time. */
  public static boolean isFront(long score) {
    return score < BAND;
  }

  /** Needs a score that is not {@linkplain #isFront in front}. */
  public static long queuedAtMs(long score) {
    return score % BAND;
  }

  /** Lowest score of the next priority; the first item from there on is its oldest. */
  public static long behindPriorityOf(long score) {
    return (score / BAND + 1) * BAND;
  }
}
