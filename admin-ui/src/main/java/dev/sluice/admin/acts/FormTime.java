package dev.sluice.admin.acts;

import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.backend.queues.Pause;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times in forms: {@code 2026-12-24 18:00}, or {@code 18:00} for the next one; in the zone that a
 * script added to the form, else in UTC.
 */
public final class FormTime {

  private static final DateTimeFormatter TYPED = strict("uuuu-MM-dd['T'][' ']HH:mm[:ss]");

  private static final DateTimeFormatter OF_DAY = strict("H:mm");

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private static final Pattern UTC = Pattern.compile("(Z| UTC)$");

  private static final Pattern SPAN = Pattern.compile("[1-9][0-9]{0,4}[mhd]");

  /** Longer than the name of any zone. */
  private static final int MOST_ZONE = 64;

  private FormTime() {}

  private static DateTimeFormatter strict(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  public static Field field(String name, String label, FormInput typed, long now) {
    return Field.time(name, label, typed.text(name), typed.text(Field.ZONE), text(now));
  }

  /** Returns epoch ms, or null if empty. */
  public static @Nullable Long of(FormInput typed, String field, long now) {
    String text = typed.text(field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      if (text.startsWith("+")) {
        throw new DateTimeException("beyond the year 9999");
      }
      ZoneId zone = UTC.matcher(text).find() ? ZoneOffset.UTC : zone(typed, field);
      return parsed(UTC.matcher(text).replaceFirst(""), zone, now).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new InvalidFieldException(field, "must be a time like 18:00 or 2026-12-24 18:00");
    }
  }

  private static ZonedDateTime parsed(String text, ZoneId zone, long now) {
    if (text.indexOf(':') <= 2) {
      ZonedDateTime today = Instant.ofEpochMilli(now).atZone(zone);
      LocalTime time = LocalTime.parse(text, OF_DAY);
      ZonedDateTime next = today.with(time);
      return next.isAfter(today) ? next : today.plusDays(1).with(time);
    }
    return LocalDateTime.parse(text, TYPED).atZone(zone);
  }

  private static ZoneId zone(FormInput typed, String field) {
    String name = typed.text(Field.ZONE);
    if (name.isEmpty()) {
      return ZoneOffset.UTC;
    }
    try {
      if (name.length() <= MOST_ZONE) {
        return known(name);
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw new InvalidFieldException(field, "is in a time zone that this server does not know");
  }

  /** Browsers name some zones as old JVMs only alias them, such as {@code EST}. */
  private static ZoneId known(String name) {
    return ZoneId.of(name, ZoneId.SHORT_IDS);
  }

  /** {@link #of} for a time to come. */
  public static @Nullable Long until(FormInput typed, String field, long now) {
    Long until = of(typed, field, now);
    String problem = until == null ? null : Pause.problem(until, now);
    if (problem != null) {
      throw new InvalidFieldException(field, problem);
    }
    return until;
  }

  /**
   * {@link #of} for a time to come, or a duration from now: {@code 30d}, {@code 12h}, {@code 15m}.
   */
  public static @Nullable Long end(FormInput typed, String field, long now) {
    String text = typed.text(field);
    if (SPAN.matcher(text).matches()) {
      return now + Duration.parse((text.endsWith("d") ? "P" : "PT") + text).toMillis();
    }
    Long end;
    try {
      end = of(typed, field, now);
    } catch (InvalidFieldException wrong) {
      throw new InvalidFieldException(field, wrong.words() + ", or a duration like 30d or 12h");
    }
    if (end != null && end <= now) {
      throw new InvalidFieldException(field, "must be in the future");
    }
    return end;
  }

  /** In UTC, as a form takes it. */
  public static String text(long ms) {
    return LocalDateTime.ofEpochSecond(Math.floorDiv(ms, 1_000L), 0, ZoneOffset.UTC).format(SHOWN);
  }

  /** In the zone of the form, with its name. */
  public static String shown(long ms, FormInput typed) {
    String zone = typed.text(Field.ZONE);
    return zone.isEmpty()
        ? Formats.exact(ms)
        : Instant.ofEpochMilli(ms).atZone(known(zone)).format(SHOWN) + " " + zone;
  }
}
