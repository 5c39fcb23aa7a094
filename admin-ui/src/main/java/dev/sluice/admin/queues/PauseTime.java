package dev.sluice.admin.queues;

import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.FormTime;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a pause as chosen in a form.
 *
 * @param untilMs epoch ms; 0 for none
 * @param words after "paused"
 */
record PauseTime(long untilMs, String words) {

  private static final String SPAN = "for";
  static final String UNTIL = "until";

  /** By label; zero until resumed. */
  private static final Map<String, Duration> SPANS = spans();

  static ActForm asked(ActForm form, FormInput typed, long now) {
    return form.asking(Field.choice(SPAN, "For how long", options(typed.text(SPAN))))
        .asking(
            FormTime.field(UNTIL, "Or until", typed, now)
                .hint(
                    "A time like 18:00, the next one, or 2026-12-24 18:00. Empty to use the choice"
                        + " above."));
  }

  /** Returns the typed time for the API; null if none. */
  static @Nullable String iso(FormInput typed, long now) {
    try {
      Long until = FormTime.of(typed, UNTIL, now);
      return until == null ? null : Instant.ofEpochMilli(until).toString();
    } catch (InvalidFieldException wrong) {
      return null;
    }
  }

  static PauseTime of(FormInput typed, long now) {
    Long until = FormTime.until(typed, UNTIL, now);
    if (until != null) {
      return new PauseTime(until, "until " + FormTime.shown(until, typed));
    }
    String chosen = typed.text(SPAN);
    Duration span = SPANS.get(chosen);
    if (span == null) {
      throw new InvalidFieldException(SPAN, "must be from the list");
    }
    return new PauseTime(span.isZero() ? 0 : now + span.toMillis(), chosen);
  }

  private static List<Field.Option> options(String chosen) {
    return SPANS.keySet().stream()
        .map(span -> new Field.Option(span, span, span.equals(chosen)))
        .toList();
  }

  private static Map<String, Duration> spans() {
    Map<String, Duration> spans = new LinkedHashMap<>();
    spans.put("until resumed", Duration.ZERO);
    spans.put("for 15 minutes", Duration.ofMinutes(15));
    spans.put("for 1 hour", Duration.ofHours(1));
    spans.put("for 4 hours", Duration.ofHours(4));
    spans.put("for 24 hours", Duration.ofHours(24));
    return spans;
  }
}
