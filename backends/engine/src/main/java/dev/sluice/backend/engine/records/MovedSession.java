package dev.sluice.backend.engine.records;

/**
 * An ended session whose record is in the table of final records.
 *
 * @param issue {@link IssueNumber}; none in older bytes
 */
public record MovedSession(
    String id, long endedAtMs, long record, long payload, long bytes, long issue)
    implements SessionSlot {}
