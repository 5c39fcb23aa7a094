package dev.sluice.backend;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time of an org's last change. It never goes back, unless {@code Upkeep.setTime} sets it to
 * the store's clock.
 *
 * @param wasMs epoch ms
 * @param nowMs store's clock and new stored time, epoch ms
 */
public record StoredTime(long wasMs, long nowMs) {

  /** A larger difference is a warning. */
  public static final long WARN_MS = 5_000;

  /** The service sets a time further ahead to the clock. */
  public static final long BOUND_MS = 60_000;

  /**
   * A time even further ahead stays: if the clock is wrong, records stamped by it would be deleted
   * as old once it is right.
   */
  public static final long DOUBTFUL_MS = Duration.ofDays(1).toMillis();

  /**
   * The largest jump ahead that is believed; retention would delete everything after a larger one.
   */
  public static final long MAX_JUMP_MS = Duration.ofDays(366).toMillis();

  /**
   * The time of an operation.
   *
   * @param storedMs 0 before the first change
   */
  public static long next(long storedMs, long clockMs) {
    boolean believed = storedMs == 0 || clockMs - storedMs <= MAX_JUMP_MS;
    return believed ? Math.max(storedMs, clockMs) : storedMs;
  }

  public static boolean beyondBound(long aheadMs) {
    return aheadMs > BOUND_MS && aheadMs <= DOUBTFUL_MS;
  }

  /**
   * @param aheadMs stored time minus clock; negative if the clock was not believed
   * @return null for none
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
