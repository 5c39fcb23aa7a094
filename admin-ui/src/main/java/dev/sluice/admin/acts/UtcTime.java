package dev.sluice.admin.acts;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times in forms: {@code 2026-12-24 18:00}, UTC. */
public final class UtcTime {

  private static final DateTimeFormatter TYPED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss]['Z'][' UTC']", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private static final Pattern SPAN = Pattern.compile("[1-9][0-9]{0,4}[mhd]");

  private UtcTime() {}

  /** Returns epoch ms, or null if empty. */
  public static @Nullable Long of(FormInput typed, String field) {
    String text = typed.text(field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      if (text.startsWith("+")) {
        throw new DateTimeException("beyond the year 9999");
      }
      return LocalDateTime.parse(text, TYPED).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new InvalidFieldException(field, "must be a time in UTC like 2026-12-24 18:00");
    }
  }

  /**
   * Also accepts a duration from now: {@code 30d}, {@code 12h}, {@code 15m}. Refuses past times.
   */
  public static @Nullable Long end(FormInput typed, String field, long now) {
    String text = typed.text(field);
    if (SPAN.matcher(text).matches()) {
      return now + Duration.parse((text.endsWith("d") ? "P" : "PT") + text).toMillis();
    }
    Long end;
    try {
      end = of(typed, field);
    } catch (InvalidFieldException wrong) {
      throw new InvalidFieldException(field, wrong.words() + ", or a duration like 30d or 12h");
    }
    if (end != null && end <= now) {
      throw new InvalidFieldException(field, "must be in the future");
    }
    return end;
  }

  public static String text(long ms) {
    return LocalDateTime.ofEpochSecond(Math.floorDiv(ms, 1_000L), 0, ZoneOffset.UTC).format(SHOWN);
  }
}
