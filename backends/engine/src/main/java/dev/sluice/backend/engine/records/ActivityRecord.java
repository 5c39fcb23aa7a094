package dev.sluice.backend.engine.records;

/**
 * @param id from 1 in its session
 */
public record ActivityRecord(long id, long atMs, long text, long bytes) {}
