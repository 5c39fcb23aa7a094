package dev.sluice.backend.sessions;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Message;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a lock-refresh.
 *
 * @param stop true if the worker must wind the session down: it was stopped or has ended
 * @param inject an offered message, for {@link Dialect#GO_DAEMON} only
 */
public record LockState(boolean stop, Session session, @Nullable Message inject) {}
