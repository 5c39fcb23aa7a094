package dev.sluice.backend.events;

import java.util.List;

/**
 * A part of the event log.
 *
 * @param events with consecutive numbers; none if the page was asked for behind a number that is
 *     {@link #expired}
 * @param oldest number of the oldest event that is kept; {@code latest + 1} if none is
 * @param latest number of the latest event that was ever written; 0 for none
 */
public record EventPage(List<LoggedEvent> events, long oldest, long latest) {

  public EventPage {
    events = List.copyOf(events);
  }

  /**
   * True if events behind a number are no longer kept, or if the log has never reached that number:
   * it was lost with a store that was set back.
   */
  public static boolean expired(long after, long oldest, long latest) {
    return after < oldest - 1 || after > latest;
  }
}
