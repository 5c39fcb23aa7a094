package dev.sluice.backend.engine;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.store.PackedNames;
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
        PackedNames.packSorted(session.capabilities(), session.repository()),
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
            session.repository(),
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

  /** Sessions without a claim share one value. */
  private static ClaimState claim(ClaimState claim) {
    return claim.equals(ClaimState.NONE) ? ClaimState.NONE : claim;
  }

  private static ReturnInfo returns(SessionCopy session) {
    ReturnInfo copied = session.returns();
    long until = session.place().waits() ? ReturnInfo.earliest(copied.nackers()) : 0;
    ReturnInfo info = copied.withReturnUntilMs(until);
    return info.equals(ReturnInfo.NONE) ? ReturnInfo.NONE : info;
  }
}
