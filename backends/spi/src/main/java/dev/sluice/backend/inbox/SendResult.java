package dev.sluice.backend.inbox;

import dev.sluice.backend.Idempotency;

/**
 * @param message as stored; for a repeat with the id of the first call
 * @param replayed true for a repeat under an {@link Idempotency} key; nothing was changed
 */
public record SendResult(Message message, boolean replayed) {}
