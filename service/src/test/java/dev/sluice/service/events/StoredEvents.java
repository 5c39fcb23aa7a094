package dev.sluice.service.events;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/** An event log that counts its reads, and that may be away. */
final class StoredEvents implements EventLog {

  private long oldest = 1;
  private long latest;
  private boolean away;
  private int reads;
  private Runnable afterNext = () -> {};

  void add(int count) {
    latest += count;
  }

  /** Drops the events up to a number. */
  void drop(long upTo) {
    oldest = upTo + 1;
  }

  /** As a store that lost its latest events. */
  void setBack(long to) {
    latest = to;
  }

  void away(boolean now) {
    away = now;
  }

  long latest() {
    return latest;
  }

  /** Does something between the next read and its answer. */
  void afterNext(Runnable action) {
    afterNext = action;
  }

  int reads() {
    return reads;
  }

  @Override
  public EventPage after(String org, long after, int limit) {
    reads++;
    if (away) {
      throw new BackendUnavailableException("away", false, new IOException());
    }
    List<LoggedEvent> events =
        EventPage.expired(after, oldest, latest)
            ? List.of()
            : LongStream.rangeClosed(after + 1, Math.min(latest, after + limit))
                .mapToObj(StoredEvents::event)
                .toList();
    EventPage page = new EventPage(events, oldest, latest);
    Runnable action = afterNext;
    afterNext = () -> {};
    action.run();
    return page;
  }

  /** Each third one is of a message. */
  private static LoggedEvent event(long number) {
    EventType type = number % 3 == 0 ? EventType.MESSAGE_SENT : EventType.SESSION_ENDED;
    return new LoggedEvent(number, 1, type, "web", "session-" + number, null, "detail");
  }
}
