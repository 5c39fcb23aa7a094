package dev.sluice.backend.inbox;

import dev.sluice.backend.Idempotency;

/**
 * @param message as stored; for a repeat with the first id
 * @param replayed true for a repeat under an {@link Idempotency} key
 */
public record SendResult(Message message, boolean replayed) {}
