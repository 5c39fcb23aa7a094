package dev.sluice.service.events;

import dev.sluice.backend.events.EventPage;
import dev.sluice.service.errors.ApiException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place in a log at which a reader begins.
 *
 * @param name of the parameter or header that says so
 * @param number the last event that the reader knows, if it names one
 */
public record EventCursor(String name, Start start, long number) {

  enum Start {
    OLDEST,
    LATEST,
    NUMBER
  }

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  /** The oldest event if the text is absent. */
  public static EventCursor parse(String name, @Nullable String text) {
    if (text == null || text.isEmpty() || text.equals("oldest")) {
      return new EventCursor(name, Start.OLDEST, 0);
    }
    if (text.equals("latest")) {
      return new EventCursor(name, Start.LATEST, 0);
    }
    if (!NUMBER.matcher(text).matches()) {
      throw ApiException.invalid(name, "must be oldest, latest, or the id of an event");
    }
    return new EventCursor(name, Start.NUMBER, Long.parseLong(text));
  }

  /** Returns the cursor from which the reader of an expired one can go on. */
  static long oldest(EventPage page) {
    return page.oldest() - 1;
  }

  /**
   * Returns where to read again, as the page behind a number is not kept. Refuses to skip events
   * that the reader asked for.
   */
  long instead(EventPage page) {
    if (start == Start.OLDEST) {
      return oldest(page);
    }
    throw ApiException.cursorExpired(name, Long.toString(oldest(page)));
  }
}
