package dev.sluice.backend.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A message that was acknowledged.
 *
 * @param message as it was sent and last offered, its text cut ({@link Message#excerpt})
 * @param ackedAtMs when it was acknowledged, epoch ms
 * @param ackedBy the worker that acknowledged it; null if it was done for the org
 */
public record AckedMessage(Message message, long ackedAtMs, @Nullable String ackedBy) {}
