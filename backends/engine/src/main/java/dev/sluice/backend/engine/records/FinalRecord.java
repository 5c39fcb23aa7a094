package dev.sluice.backend.engine.records;

import dev.sluice.backend.sessions.Event;
import java.util.List;
import java.util.Objects;

/**
 * All that a state knows of an ended session: what is written to the map of records.
 *
 * @param session its record
 * @param eventCount how many lines its timeline has had
 * @param events the latest of them, but for the first of all, which its record implies
 * @param activities its latest activities
 * @param ackedCount how many messages it has acknowledged
 * @param acked the latest of them
 */
public record FinalRecord(
    SessionRecord session,
    long eventCount,
    List<Event> events,
    List<ActivityRecord> activities,
    long ackedCount,
    List<AckedRecord> acked) {

  /** Bytes without a session make no record. */
  public FinalRecord {
    Objects.requireNonNull(session);
    events = List.copyOf(events);
    activities = List.copyOf(activities);
    acked = List.copyOf(acked);
  }
}
