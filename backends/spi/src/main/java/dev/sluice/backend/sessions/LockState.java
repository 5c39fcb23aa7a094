package dev.sluice.backend.sessions;

import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.workers.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * What a worker learns when it asks whether it still owns a session, protocol 4.8.
 *
 * @param stop whether it must wind the session down: it was stopped, or has ended
 * @param session the session after the call
 * @param inject a message offered with the answer, to {@link Dialect#GO_DAEMON} alone; or null
 */
public record LockState(boolean stop, Session session, @Nullable Message inject) {}
