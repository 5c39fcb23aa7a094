package dev.sluice.backend;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time of an org, which is that of its last change, against the store's clock. It never goes
 * back by itself; {@link Upkeep#setTime} sets it to the clock.
 *
 * @param wasMs the stored time before it was set, epoch ms
 * @param nowMs the store's clock, which is the stored time now, epoch ms
 */
public record StoredTime(long wasMs, long nowMs) {

  /** Beyond this difference somebody should be told. */
  public static final long WARN_MS = 5_000;

  /** The service sets a time that is further ahead than this to the clock by itself. */
  public static final long BOUND_MS = 60_000;

  /**
   * But not one further ahead than this: then the clock may be the wrong one, and what is stamped
   * with its time would be deleted as old once it is right.
   */
  public static final long DOUBTFUL_MS = Duration.ofDays(1).toMillis();

  /**
   * The furthest jump ahead of the clock that is believed. A clock further ahead than that leaves
   * the stored time where it is: what is kept for a time would be deleted at once.
   */
  public static final long MAX_JUMP_MS = Duration.ofDays(366).toMillis();

  /**
   * The time of an operation.
   *
   * @param storedMs of the last change; 0 before the first
   * @param clockMs the store's clock
   */
  public static long next(long storedMs, long clockMs) {
    boolean believed = storedMs == 0 || clockMs - storedMs <= MAX_JUMP_MS;
    return believed ? Math.max(storedMs, clockMs) : storedMs;
  }

  /** True if a time that far ahead is to be set to the clock without anyone asking. */
  public static boolean beyondBound(long aheadMs) {
    return aheadMs > BOUND_MS && aheadMs <= DOUBTFUL_MS;
  }

  /**
   * The words of a warning about an org's time; null where there is none.
   *
   * @param aheadMs how far its stored time is ahead of the clock; negative where it is behind after
   *     an operation, so that the clock was not believed
   */
  public static @Nullable String warning(String org, long aheadMs) {
    if (aheadMs > WARN_MS) {
      return String.format(
          Locale.ROOT,
          "the stored time of org %s is %.1f s ahead of the clock: leases and deadlines wait until"
              + " the clock has caught up or the time is set",
          org,
          aheadMs / 1_000.0);
    }
    return aheadMs < 0
        ? String.format(
            Locale.ROOT,
            "the clock is %d days ahead of the stored time of org %s and not believed: correct the"
                + " clock, or set the time",
            Duration.ofMillis(-aheadMs).toDays(),
            org)
        : null;
  }
}
