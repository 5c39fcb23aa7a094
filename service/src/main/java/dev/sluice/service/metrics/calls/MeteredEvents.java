package dev.sluice.service.metrics.calls;

import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;

final class MeteredEvents implements EventLog {

  private final EventLog next;
  private final StoreTimes times;

  MeteredEvents(EventLog next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public EventPage after(String org, long after, int limit) {
    return times.call(StoreCall.EVENTS_AFTER, () -> next.after(org, after, limit));
  }
}
