package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/**
 * @param messageId id of the {@code stop} message of this or an earlier stop; null if released, or
 *     never claimed
 */
public record StopResult(Session session, @Nullable String messageId) {}
