package dev.sluice.backend;

/**
 * The idempotency key of a call. Its step stores the answer for {@link Rules.Kept#idempotencyMs()};
 * a repeat gets it and changes nothing. A refused call stores nothing.
 *
 * @param key unique in the org: a hash over operation, object, credential and the caller's key
 * @param part index in a bulk call; each part has its own answer, so a repeat completes a half-done
 *     call
 * @param bodyHash of the whole content; another one is refused with {@link Refusal#KEY_REUSED}
 */
public record Idempotency(String key, int part, String bodyHash) {}
