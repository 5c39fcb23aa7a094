package dev.sluice.backend.engine.operation;

/**
 * The text of a message, stored before the message is.
 *
 * @param name names it among the texts of its session; 0 for an empty one
 * @param storedMs when it was stored, epoch ms
 * @param excerpt its beginning, {@link dev.sluice.backend.inbox.Message#excerpt}
 * @param bytes what its message counts, {@link dev.sluice.backend.StoredBytes}
 */
public record StoredText(long name, long storedMs, String excerpt, long bytes) {}
