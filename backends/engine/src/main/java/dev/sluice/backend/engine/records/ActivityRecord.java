package dev.sluice.backend.engine.records;

/**
 * An activity without what was said.
 *
 * @param id 1 for the first of its session
 * @param atMs epoch ms
 * @param text names what was said among the activities stored under its session's id
 * @param bytes what it counts, {@link dev.sluice.backend.StoredBytes}
 */
public record ActivityRecord(long id, long atMs, long text, long bytes) {}
