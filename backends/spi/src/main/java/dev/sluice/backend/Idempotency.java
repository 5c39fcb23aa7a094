package dev.sluice.backend;

/**
 * The idempotency key of a call: docs/rules.md, "Idempotency".
 *
 * @param key unique in the org: a hash over operation, object, credential and the caller's key
 * @param part index in a bulk call; each part has its own answer, so a repeat completes a half-done
 *     call
 * @param bodyHash of the whole content
 */
public record Idempotency(String key, int part, String bodyHash) {}
