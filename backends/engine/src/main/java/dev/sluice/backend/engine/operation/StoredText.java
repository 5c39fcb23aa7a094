package dev.sluice.backend.engine.operation;

/**
 * The text of a message, stored before the message.
 *
 * @param name key in the texts table; 0 for an empty text
 * @param jsonBytes of the text in an answer
 */
public record StoredText(long name, long storedMs, String excerpt, long bytes, long jsonBytes) {}
