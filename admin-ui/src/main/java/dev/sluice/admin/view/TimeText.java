package dev.sluice.admin.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment as pages show it.
 *
 * @param iso for machines
 * @param exact to the second, in UTC
 * @param relative to the moment of the page
 */
public record TimeText(String iso, String exact, String relative) {

  /** Of epoch ms; null for 0, which stands for not yet, and for what no calendar holds. */
  public static @Nullable TimeText of(long ms, long now) {
    return ms == 0 || !Formats.inCalendar(ms)
        ? null
        : new TimeText(
            Instant.ofEpochMilli(ms).toString(), Formats.exact(ms), Formats.relative(ms, now));
  }
}
