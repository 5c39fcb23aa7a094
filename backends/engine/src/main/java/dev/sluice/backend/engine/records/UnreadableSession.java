package dev.sluice.backend.engine.records;

/**
 * A session whose bytes can't be read. They are kept and health names the session; operations on it
 * are refused.
 *
 * @param bytes not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UnreadableSession(String id, byte[] bytes) implements SessionSlot {}
