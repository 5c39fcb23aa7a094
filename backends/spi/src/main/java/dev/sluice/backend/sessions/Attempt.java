package dev.sluice.backend.sessions;

/**
 * The idempotency key of a report.
 *
 * @param bodyHash hash of the whole report: another one under the same key is no replay
 */
public record Attempt(String id, String bodyHash) {}
