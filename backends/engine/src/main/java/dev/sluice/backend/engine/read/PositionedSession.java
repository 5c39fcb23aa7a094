package dev.sluice.backend.engine.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.PackedNames;

/** A session without its item; position as in {@link Session}. */
public record PositionedSession(SessionRecord session, int position) {

  /**
   * @param item the JSON as enqueued
   */
  public Session show(String item) {
    return new Session(
        session.id(),
        session.issueId(),
        session.issueIdentifier(),
        session.subject(),
        session.project(),
        session.place(),
        session.state(),
        session.priority(),
        session.queuedAtMs(),
        position,
        session.attempts(),
        session.nacks(),
        session.createdAtMs(),
        session.updatedAtMs(),
        session.endedAtMs(),
        session.score(),
        PackedNames.capabilities(session.capabilities()),
        PackedNames.repository(session.capabilities()),
        session.notBeforeMs(),
        session.deadlineMs(),
        session.claim(),
        session.returnInfo(),
        item);
  }

  static Claim claim(SessionRecord session) {
    return new Claim(
        session.id(),
        session.project(),
        session.state(),
        session.priority(),
        requireNonNull(session.claim().owner()),
        session.claim().token(),
        session.claim().acceptByMs(),
        session.attempts(),
        session.claim().claimedAtMs(),
        session.claim().startedAtMs(),
        session.claim().lastSignMs(),
        session.claim().costMicroUsd(),
        session.claim().tools());
  }
}
