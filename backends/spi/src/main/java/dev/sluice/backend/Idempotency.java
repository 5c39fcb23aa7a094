package dev.sluice.backend;

/**
 * The idempotency key of a call. The step that carries the call out stores its answer for {@link
 * Rules.Kept#idempotencyMs()}; a repeat gets that answer and changes nothing. A refused call stores
 * nothing.
 *
 * @param key unique in the org: a hash over the operation, its object, the credential and the
 *     caller's key
 * @param part index of a part of a bulk call; each part has its own answer, so that a repeat
 *     completes a half-done call
 * @param bodyHash hash of the whole content; the same key with another one is refused with {@link
 *     Refusal#KEY_REUSED}
 */
public record Idempotency(String key, int part, String bodyHash) {}
