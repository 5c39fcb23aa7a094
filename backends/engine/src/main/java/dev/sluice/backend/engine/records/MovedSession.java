package dev.sluice.backend.engine.records;

/** An ended session whose record is in the table of final records. */
public record MovedSession(String id, long endedAtMs, long record, long payload, long bytes)
    implements SessionSlot {}
