package dev.sluice.backend.engine;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.backend.engine.records.ClaimState;
import dev.sluice.backend.engine.records.ReturnInfo;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;

/** Turns a session of the contract into a record of the state. */
final class SessionIn {

  private SessionIn() {}

  static SessionRecord of(SessionCopy session, long payload) {
    // The three ids are mostly equal: share one string.
    String id = session.id();
    String issueId = session.issueId().equals(id) ? id : session.issueId();
    String identifier =
        session.issueIdentifier().equals(issueId) ? issueId : session.issueIdentifier();
    return new SessionRecord(
        id,
        issueId,
        identifier,
        session.project(),
        session.capabilities(),
        session.priority(),
        session.queuedAtMs(),
        session.contentHash(),
        payload,
        session.place(),
        session.state(),
        session.attempts(),
        session.nacks(),
        session.createdAtMs(),
        session.updatedAtMs(),
        session.endedAtMs(),
        claim(session.claim()),
        returns(session),
        session.score(),
        session.notBeforeMs(),
        session.deadlineMs(),
        session.enqueuedSeq(),
        bytes(session),
        subject(session));
  }

  private static long bytes(SessionCopy session) {
    String item = session.item();
    return StoredBytes.of(
        new NewWork(
            session.id(),
            session.issueId(),
            session.issueIdentifier(),
            session.project(),
            session.capabilities(),
            session.priority(),
            session.queuedAtMs(),
            session.notBeforeMs(),
            session.deadlineMs(),
            session.publicIds(),
            session.contentHash(),
            item == null ? "" : item,
            subject(session),
            null));
  }

  private static Subject subject(SessionCopy session) {
    return requireNonNullElse(session.subject(), Subject.NONE);
  }

  private static ClaimState claim(SessionCopy.Claim claim) {
    ClaimState state =
        new ClaimState(
            claim.owner(),
            claim.token(),
            claim.acceptByMs(),
            claim.claimedAtMs(),
            claim.startedAtMs(),
            claim.releaseByMs(),
            claim.fields(),
            claim.lastSignMs(),
            claim.costMicroUsd(),
            claim.stopTold(),
            claim.tools(),
            claim.attempt());
    return state.equals(ClaimState.NONE) ? ClaimState.NONE : state;
  }

  /** The earliest back-off of a waiting session follows from its nackers. */
  private static ReturnInfo returns(SessionCopy session) {
    SessionCopy.Returns returns = session.returns();
    long until =
        session.place().waits()
            ? returns.nackers().stream()
                .filter(Nacker::keptAway)
                .mapToLong(Nacker::untilMs)
                .min()
                .orElse(0)
            : 0;
    ReturnInfo info =
        new ReturnInfo(
            returns.nackedBy(), until, returns.lostBy(), returns.dead(), returns.nackers());
    return info.equals(ReturnInfo.NONE) ? ReturnInfo.NONE : info;
  }
}
