package dev.sluice.backend;

/**
 * What became of a status report.
 *
 * @param transition what it did
 * @param session the session after it
 * @param reattached whether it brought back a claim lost before; {@link Session#token()} is new
 *     then
 */
public record StatusResult(
    SessionState.Transition transition, Session session, boolean reattached) {}
