package dev.sluice.backend.work;

import dev.sluice.backend.Names;

/**
 * The place of work in the order of hand-out: lowest first, ties by {@link Names#compareBytes}.
 *
 * <p>Protocol 5.4: priority, clamped to 1..9, times 10^13, plus the enqueue time in milliseconds.
 * Exact in a double.
 */
public final class Score {

  /** The priority that goes first. */
  public static final int FIRST_PRIORITY = 1;

  /** The priority that goes last. */
  public static final int LAST_PRIORITY = 9;

  private static final long BAND = 10_000_000_000_000L;

  private Score() {}

  /** The score of an item. */
  public static long of(int priority, long queuedAtMs) {
    return Math.min(Math.max(priority, FIRST_PRIORITY), LAST_PRIORITY) * BAND + queuedAtMs;
  }

  /**
   * The score of an item put in front of all others, also of those put there before.
   *
   * @param t at least now in epoch ms, and greater than at any time before in the org
   */
  public static long front(long t) {
    return BAND - t;
  }

  /** Whether it is one of work put in front, which says nothing of its enqueue time. */
  public static boolean isFront(long score) {
    return score < BAND;
  }

  /** The enqueue time in a score that isn't {@linkplain #isFront of the front}. */
  public static long queuedAtMs(long score) {
    return score % BAND;
  }

  /**
   * The lowest score that work of a lower priority may have. From one to the next, the first item
   * at or behind each is the oldest of its priority.
   */
  public static long behindPriorityOf(long score) {
    return (score / BAND + 1) * BAND;
  }
}
