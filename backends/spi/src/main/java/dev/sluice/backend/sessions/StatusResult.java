package dev.sluice.backend.sessions;

/**
 * @param reattached true if it brought back a lost claim, with a new {@link Session#token()}
 * @param replay true for a repeat of the latest {@link Attempt}
 */
public record StatusResult(
    SessionState.Transition transition, Session session, boolean reattached, boolean replay) {}
