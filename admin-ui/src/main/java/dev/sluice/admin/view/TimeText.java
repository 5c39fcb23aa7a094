package dev.sluice.admin.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record TimeText(String iso, String exact, String relative) {

  /** Returns null for 0 and for years outside 0 to 9999. */
  public static @Nullable TimeText of(long ms, long now) {
    return ms == 0 || !Formats.inCalendar(ms)
        ? null
        : new TimeText(
            Instant.ofEpochMilli(ms).toString(), Formats.exact(ms), Formats.relative(ms, now));
  }
}
