package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/**
 * @param known true if the message was there
 * @param session without its item; null unless a worker acknowledged
 */
public record AckResult(boolean known, @Nullable Session session) {}
