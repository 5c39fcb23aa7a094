package dev.sluice.backend.inbox;

import dev.sluice.backend.Idempotency;

/**
 * What became of a message.
 *
 * @param message as stored; its id is that of the first call where this one was a repeat
 * @param replayed whether the call was answered before under its {@link Idempotency}, and changed
 *     nothing
 */
public record SendResult(Message message, boolean replayed) {}
