package dev.sluice.service.events;

import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import java.util.List;

/**
 * A reader of the event log of an org. It reads pages of the store until it has caught up; then it
 * follows the tail of the org. Subclasses are thread-safe.
 */
abstract class EventReader {

  private final EventLog log;
  final EventTails tails;
  final String org;
  private final EventFilter filter;

  /** The last event that it has looked at. */
  private long at;

  EventReader(EventLog log, EventTails tails, String org, EventFilter filter) {
    this.log = log;
    this.tails = tails;
    this.org = org;
    this.filter = filter;
  }

  final void startAt(long number) {
    at = number;
  }

  final long at() {
    return at;
  }

  /** Reads the first page. */
  final EventPage first(EventCursor cursor, int limit) {
    boolean latest = cursor.start() == EventCursor.Start.LATEST;
    EventPage page = log.after(org, cursor.number(), latest ? 1 : limit);
    at = cursor.number();
    if (latest) {
      at = page.latest();
      return new EventPage(List.of(), page.oldest(), page.latest());
    }
    while (isExpired(page)) {
      at = cursor.instead(page);
      page = log.after(org, at, limit);
    }
    return page;
  }

  final EventPage next(int limit) {
    return log.after(org, at, limit);
  }

  /** True if events that it has not looked at are no longer kept. */
  final boolean isExpired(EventPage page) {
    return EventPage.expired(at, page.oldest(), page.latest());
  }

  /** Events of a page, if about {@code wanted} of them are to pass. */
  final int step(int wanted) {
    return filter.isWide() ? wanted : EventLog.MAX_PAGE;
  }

  /**
   * Takes the events of a page that it has not looked at, while it has room. Returns true if it has
   * looked at all.
   */
  final boolean take(List<ToldEvent> events) {
    for (ToldEvent told : events) {
      if (told.event.number() <= at) {
        continue;
      }
      if (!hasRoom()) {
        return false;
      }
      if (told.event.number() != at + 1) {
        throw new IllegalStateException("event " + told.event.number() + " follows " + at);
      }
      boolean passes = tails.passes(org, filter, told.event); // if it fails, it isn't looked at
      at = told.event.number();
      if (passes) {
        add(told);
      }
    }
    return true;
  }

  abstract boolean hasRoom();

  abstract void add(ToldEvent told);

  /** Gets what the tail has read while this reader follows it. */
  abstract void more(List<ToldEvent> events);

  /** Is told that the tail has lost its place; the reader follows it no more, and must read. */
  abstract void lost();

  /** Is told that the store didn't answer the tail, which goes on. */
  abstract void failed(RuntimeException problem);

  /** Is told the time, ns, a few times a second. Must not block. */
  abstract void beat(long now);

  /** Is told that the node stops. */
  abstract void stop();
}
