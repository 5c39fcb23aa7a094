package dev.sluice.backend.tck;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions in the words of docs/rules.md. */
public final class SessionAssert extends AbstractAssert<SessionAssert, Session> {

  public SessionAssert(Session session) {
    super(session, SessionAssert.class);
    as("session %s", session.id());
  }

  public SessionAssert isReady() {
    return is(Place.READY, SessionState.PENDING).hasNoOwner();
  }

  /** Nacked, and kept from the worker that did. */
  public SessionAssert isReturned() {
    return is(Place.RETURNED, SessionState.PENDING).hasNoOwner();
  }

  public SessionAssert isParked() {
    return is(Place.PARKED, SessionState.PENDING).hasNoOwner().hasPosition(0);
  }

  public SessionAssert isLater() {
    return is(Place.LATER, SessionState.PENDING).hasNoOwner().hasPosition(0);
  }

  public SessionAssert isClaimedBy(KitWorker worker) {
    return is(Place.CLAIMED, SessionState.CLAIMED).isOwnedBy(worker);
  }

  public SessionAssert isRunningOn(KitWorker worker) {
    return is(Place.CLAIMED, SessionState.RUNNING).isOwnedBy(worker).isAccepted();
  }

  /** Stopped, but its worker still holds the slot. */
  public SessionAssert isStoppingOn(KitWorker worker) {
    return is(Place.CLAIMED, SessionState.STOPPED).isOwnedBy(worker).isAccepted();
  }

  public SessionAssert isCompleted() {
    return hasEnded(SessionState.COMPLETED);
  }

  public SessionAssert isFailed() {
    return hasEnded(SessionState.FAILED);
  }

  /** Stopped and released. */
  public SessionAssert isStopped() {
    return hasEnded(SessionState.STOPPED);
  }

  public SessionAssert hasEnded(SessionState state) {
    is(Place.ENDED, state).isAccepted();
    Assertions.assertThat(actual.releaseByMs()).as("release deadline").isZero();
    Assertions.assertThat(actual.position()).as("position").isZero();
    return this;
  }

  public SessionAssert isDead(DeadReason reason) {
    is(Place.DEAD, SessionState.FAILED).hasNoOwner().hasPosition(0);
    Assertions.assertThat(actual.dead()).as("reason of %s", actual.id()).isEqualTo(reason);
    return this;
  }

  public SessionAssert is(Place place, SessionState state) {
    Assertions.assertThat(actual.place()).as("place of %s", actual.id()).isEqualTo(place);
    Assertions.assertThat(actual.state()).as("state of %s", actual.id()).isEqualTo(state);
    return this;
  }

  public SessionAssert isOwnedBy(KitWorker worker) {
    Assertions.assertThat(actual.owner()).as("owner of %s", actual.id()).isEqualTo(worker.id());
    return this;
  }

  public SessionAssert hasNoOwner() {
    Assertions.assertThat(actual.owner()).as("owner of %s", actual.id()).isNull();
    return isAccepted();
  }

  /** Has no pending accept deadline. */
  public SessionAssert isAccepted() {
    Assertions.assertThat(actual.acceptByMs()).as("accept deadline of %s", actual.id()).isZero();
    return this;
  }

  public SessionAssert hasAttempts(int attempts) {
    Assertions.assertThat(actual.attempts()).as("attempts of %s", actual.id()).isEqualTo(attempts);
    return this;
  }

  public SessionAssert hasNacks(int nacks) {
    Assertions.assertThat(actual.nacks()).as("nacks of %s", actual.id()).isEqualTo(nacks);
    return this;
  }

  public SessionAssert hasPosition(int position) {
    Assertions.assertThat(actual.position()).as("position of %s", actual.id()).isEqualTo(position);
    return this;
  }
}
