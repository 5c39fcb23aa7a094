package dev.sluice.backend.engine.records;

/**
 * A stored session whose bytes make no record. It is kept as it is and named by health; operations
 * on it refuse, everything else goes on.
 *
 * @param bytes what is stored; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UnreadableSession(String id, byte[] bytes) implements SessionSlot {}
