package dev.sluice.backend;

/**
 * What tells a repeat of a call from another one. The step that carries a call out keeps its answer
 * under its key for {@link Rules.Kept#idempotencyMs()}, and answers a repeat with it, changing
 * nothing. A refused call keeps nothing.
 *
 * @param key of the call, unique in its org: a hash of fixed size that covers the operation, what
 *     it is about, the caller's credential and the caller's own key
 * @param part which part of the call this is, from 0; each part of a bulk has an answer of its own,
 *     so that the repeat of one that was done by half completes it
 * @param bodyHash of the whole call's content, of fixed size; the same key with another one is
 *     refused with {@link Refusal#KEY_REUSED}
 */
public record Idempotency(String key, int part, String bodyHash) {}
