package dev.sluice.backend.engine.records;

/**
 * An activity without its text.
 *
 * @param id from 1 in its session
 * @param atMs epoch ms
 * @param text key of the text in the activities table
 * @param bytes size, {@link dev.sluice.backend.StoredBytes}
 */
public record ActivityRecord(long id, long atMs, long text, long bytes) {}
