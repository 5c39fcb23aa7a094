package dev.sluice.backend.sessions;

/**
 * A report's idempotency key, protocol 4.3.
 *
 * @param id as the worker gave it
 * @param bodyHash hash of the whole report, so that a replay can be told from another report under
 *     the same key
 */
public record Attempt(String id, String bodyHash) {}
