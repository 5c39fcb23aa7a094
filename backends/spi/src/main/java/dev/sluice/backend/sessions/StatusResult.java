package dev.sluice.backend.sessions;

/**
 * What became of a status report.
 *
 * @param transition what it did
 * @param session the session after it
 * @param reattached whether it brought back a claim lost before; {@link Session#token()} is new
 *     then
 * @param replay whether it repeats the session's latest {@link Attempt}, the same body under the
 *     same key
 */
public record StatusResult(
    SessionState.Transition transition, Session session, boolean reattached, boolean replay) {}
