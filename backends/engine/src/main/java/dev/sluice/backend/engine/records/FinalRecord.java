package dev.sluice.backend.engine.records;

import dev.sluice.backend.sessions.Event;
import java.util.List;
import java.util.Objects;

/**
 * The record of an ended session, as written to the table of final records.
 *
 * @param eventCount number of timeline lines so far
 * @param events the latest lines, without the enqueue, which the record implies
 * @param ackedCount number of messages acknowledged so far
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
