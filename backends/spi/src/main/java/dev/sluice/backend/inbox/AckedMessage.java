package dev.sluice.backend.inbox;

import org.jspecify.annotations.Nullable;

/**
 * @param message as last offered, with its text cut ({@link Message#excerpt})
 * @param ackedAtMs epoch ms
 * @param ackedBy null if acknowledged for the org
 */
public record AckedMessage(Message message, long ackedAtMs, @Nullable String ackedBy) {}
