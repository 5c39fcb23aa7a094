package dev.sluice.backend.engine.records;

/**
 * An ended session whose record has moved out to the map of records.
 *
 * @param endedAtMs when it ended, epoch ms
 * @param record names its record among those stored under its id
 * @param payload names its item among those stored under its id
 * @param bytes what it counts with its activities, {@link dev.sluice.backend.StoredBytes}
 */
public record MovedSession(String id, long endedAtMs, long record, long payload, long bytes)
    implements SessionSlot {}
