package dev.sluice.admin.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

public final class Formats {

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Formats() {}

  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** {@code 1 worker}, {@code 2 workers}. */
  public static String count(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** Two largest units: {@code 40 s}, {@code 3 min}, {@code 2 h 5 min}. */
  public static String span(long ms) {
    if (ms < MINUTE) {
      return Math.max(0, ms / SECOND) + " s";
    }
    if (ms < HOUR) {
      return ms / MINUTE + " min";
    }
    return ms < DAY
        ? two(ms / HOUR, "h", ms % HOUR / MINUTE, "min")
        : two(ms / DAY, "d", ms % DAY / HOUR, "h");
  }

  /** To the second: {@code 1 min 30 s}. */
  public static String limit(long ms) {
    return ms >= MINUTE && ms < HOUR
        ? two(ms / MINUTE, "min", ms % MINUTE / SECOND, "s")
        : span(ms);
  }

  private static String two(long large, String unit, long small, String smaller) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
  }

  /** {@code 3 min ago}, {@code in 2 h}, {@code now}. */
  public static String relative(long ms, long now) {
    if (Math.abs(now - ms) < SECOND) {
      return "now";
    }
    return ms < now ? span(now - ms) + " ago" : "in " + span(ms - now);
  }

  /** UTC to the second; ms outside the years 0 to 9999. */
  public static String exact(long ms) {
    return inCalendar(ms) ? EXACT.format(Instant.ofEpochMilli(ms)) : ms + " ms";
  }

  static boolean inCalendar(long ms) {
    return ms >= -62_167_219_200_000L && ms <= 253_402_300_799_999L;
  }

  /** To the cent; below a cent two significant digits. */
  public static String usd(long micro) {
    double dollars = micro / 1e6;
    if (micro == 0) {
      return "$0";
    }
    return Math.abs(micro) < 10_000
        ? String.format(Locale.ROOT, "$%.2g", dollars)
        : String.format(Locale.ROOT, "$%,.2f", dollars);
  }

  /** {@code 900 B}, {@code 64 KB}, {@code 1.5 MB}. */
  public static String bytes(long n) {
    if (n < 1_024) {
      return n + " B";
    }
    return n < 1_024 * 1_024
        ? n / 1_024 + " KB"
        : String.format(Locale.ROOT, "%.1f MB", n / (1_024.0 * 1_024));
  }

  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
