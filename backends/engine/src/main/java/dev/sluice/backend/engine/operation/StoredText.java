package dev.sluice.backend.engine.operation;

/**
 * The text of a message, stored before the message.
 *
 * @param name key in the texts table; 0 for an empty text
 */
public record StoredText(long name, long storedMs, String excerpt, long bytes) {}
