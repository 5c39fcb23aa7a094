package dev.sluice.backend.stops;

import dev.sluice.backend.sessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stop.
 *
 * @param session the session after it
 * @param messageId id of the urgent {@code stop} message its worker is sent, also where an earlier
 *     stop sent it; null once it is released, or if no worker held it
 */
public record StopResult(Session session, @Nullable String messageId) {}
