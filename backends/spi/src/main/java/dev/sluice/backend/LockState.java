package dev.sluice.backend;

/**
 * What a worker learns when it asks whether it still owns a session, protocol 4.8.
 *
 * @param stop whether it must wind the session down: it was stopped, or has ended
 * @param session the session after the call
 */
public record LockState(boolean stop, Session session) {}
