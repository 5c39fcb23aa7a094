package dev.sluice.backend.inbox;

import dev.sluice.backend.sessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * What became of an acknowledgement.
 *
 * @param known whether the message was there and unacknowledged
 * @param session the session after it, where a worker acknowledged it; else null
 */
public record AckResult(boolean known, @Nullable Session session) {}
