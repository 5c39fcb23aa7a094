package dev.sluice.backend.engine.records;

/**
 * An activity without its text.
 *
 * @param id from 1 in its session
 * @param text key of the text in the activities table
 */
public record ActivityRecord(long id, long atMs, long text, long bytes) {}
