package dev.sluice.backend.engine.records;

/**
 * An ended session whose record is in the table of final records.
 *
 * @param endedAtMs epoch ms
 * @param record key of the record
 * @param payload key of the item in the items table
 * @param bytes size with its activities, {@link dev.sluice.backend.StoredBytes}
 */
public record MovedSession(String id, long endedAtMs, long record, long payload, long bytes)
    implements SessionSlot {}
