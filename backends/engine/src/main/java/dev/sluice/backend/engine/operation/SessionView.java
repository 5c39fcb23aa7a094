package dev.sluice.backend.engine.operation;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Session;

/**
 * A session as an answer; its item is fetched by whoever asked.
 *
 * @param position 1-based among its project's waiting work; 0 if unknown or not waiting
 */
public record SessionView(SessionRecord session, int position) {

  /**
   * The session as the contract shows it.
   *
   * @param item the JSON as enqueued
   */
  public Session show(String item) {
    return new Session(
        session.id(),
        session.issueId(),
        session.issueIdentifier(),
        session.project(),
        session.place(),
        session.state(),
        session.priority(),
        session.queuedAtMs(),
        position,
        session.run().owner(),
        session.run().token(),
        session.run().acceptByMs(),
        session.attempts(),
        session.nacks(),
        session.createdAtMs(),
        session.updatedAtMs(),
        session.run().claimedAtMs(),
        session.run().startedAtMs(),
        session.endedAtMs(),
        session.run().releaseByMs(),
        session.score(),
        session.capabilities(),
        session.notBeforeMs(),
        session.deadlineMs(),
        session.trail().nackedBy(),
        session.trail().returnUntilMs(),
        session.trail().dead(),
        session.run().lastSignMs(),
        session.run().costMicroUsd(),
        session.run().tools(),
        session.run().fields(),
        item);
  }

  /** The claim of a claimed session. */
  static Claim claim(SessionRecord session) {
    return new Claim(
        session.id(),
        session.project(),
        session.state(),
        session.priority(),
        requireNonNull(session.run().owner()),
        session.run().token(),
        session.run().acceptByMs(),
        session.attempts(),
        session.run().claimedAtMs(),
        session.run().startedAtMs(),
        session.run().lastSignMs(),
        session.run().costMicroUsd(),
        session.run().tools());
  }
}
