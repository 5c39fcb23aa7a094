package dev.sluice.backend.engine.records;

import dev.sluice.backend.sessions.Event;
import java.util.List;
import java.util.Objects;

/**
 * An ended session in the table of final records.
 *
 * @param eventCount lines so far
 * @param events the latest, without the enqueue, which the record implies
 * @param ackedCount messages so far
 */
public record FinalRecord(
    SessionRecord session,
    long eventCount,
    List<Event> events,
    List<ActivityRecord> activities,
    long ackedCount,
    List<AckedRecord> acked) {

  public FinalRecord {
    Objects.requireNonNull(session);
    events = List.copyOf(events);
    activities = List.copyOf(activities);
    acked = List.copyOf(acked);
  }
}
