package dev.sluice.backend.engine.records;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Session} without its item. Transitions return a record and don't check whether they are
 * allowed.
 *
 * @param enqueuedSeq of the enqueue
 * @param bytes {@link dev.sluice.backend.store.StoredBytes}; 0 in older bytes
 * @param subject null in older bytes
 */
public record SessionRecord(
    String id,
    String issueId,
    String issueIdentifier,
    String project,
    List<String> capabilities,
    int priority,
    long queuedAtMs,
    String contentHash,
    long payload,
    Place place,
    SessionState state,
    int attempts,
    int nacks,
    long createdAtMs,
    long updatedAtMs,
    long endedAtMs,
    ClaimState claim,
    ReturnInfo returnInfo,
    long score,
    long notBeforeMs,
    long deadlineMs,
    long enqueuedSeq,
    long bytes,
    Subject subject)
    implements SessionSlot {

  public SessionRecord {
    requireNonNull(id);
    requireNonNull(issueId);
    requireNonNull(project);
    requireNonNull(capabilities);
    requireNonNull(contentHash);
    requireNonNull(place);
    requireNonNull(state);
    requireNonNull(claim);
    requireNonNull(returnInfo);
    subject = requireNonNullElse(subject, Subject.NONE);
  }

  /** Competes for its issue: in its bucket, or parked. */
  public boolean contends() {
    return place.inOrder() || place == Place.PARKED;
  }

  /** True also in the grace of a stop. */
  public boolean claimed() {
    return place == Place.CLAIMED;
  }

  /** Stopped and not yet released by its worker. */
  public boolean inGrace() {
    return place == Place.CLAIMED && state == SessionState.STOPPED;
  }

  public boolean over() {
    return place == Place.ENDED || place == Place.DEAD;
  }

  /** A back-off keeps it from a worker that nacked it. */
  public boolean nackStands() {
    return place.waits() && returnInfo.returnUntilMs() > 0;
  }

  public boolean keptFrom(String worker) {
    return nackStands() && returnInfo.keptFrom(worker);
  }

  /** Its latest claim was lost by time, not started and without a call of its worker about it. */
  public boolean lostUnseen() {
    return returnInfo.lostBy() != null
        && claim.startedAtMs() == 0
        && claim.lastSignMs() <= claim.claimedAtMs();
  }

  public boolean awaitsAccept() {
    return place == Place.CLAIMED && claim.acceptByMs() > 0;
  }

  /** Drops earlier reports. */
  public SessionRecord claim(String worker, long token, long acceptByMs, long nowMs) {
    ClaimState claimed = ClaimState.claimed(worker, token, acceptByMs, nowMs);
    return at(Place.CLAIMED, SessionState.CLAIMED, nowMs, claimed, returnInfo.claimed());
  }

  /** Claims again, accepted and with its reports. */
  public SessionRecord reattach(String worker, long token, long nowMs) {
    return at(
        Place.CLAIMED,
        SessionState.CLAIMED,
        nowMs,
        claim.taken(worker, token, nowMs),
        returnInfo.claimed());
  }

  public SessionRecord transfer(String worker, long token, long nowMs) {
    return at(Place.CLAIMED, state, nowMs, claim.taken(worker, token, nowMs), returnInfo.claimed());
  }

  public SessionRecord accept() {
    return claim.acceptByMs() == 0 ? this : with(claim.withDeadlines(0, claim.releaseByMs()));
  }

  public SessionRecord signed(long nowMs) {
    return with(claim.signed(nowMs));
  }

  public SessionRecord touched(long nowMs) {
    return at(place, state, nowMs, claim, returnInfo);
  }

  /** Its nackers are forgotten: it runs. */
  public SessionRecord advance(StatusReport report, long nowMs) {
    ClaimState moved = claim.with(report.fields(), report.costMicroUsd());
    if (report.target() == SessionState.RUNNING && claim.startedAtMs() == 0) {
      moved = moved.startedAt(nowMs);
    }
    return at(place, report.target(), nowMs, moved, ReturnInfo.NONE);
  }

  public long fieldBytes() {
    return StoredBytes.ofFields(claim.fields());
  }

  public SessionRecord merge(StatusReport report, long nowMs) {
    return at(place, state, nowMs, claim.with(report.fields(), report.costMicroUsd()), returnInfo);
  }

  /** Merges the fields of an activity. */
  public SessionRecord told(SortedMap<String, String> fields, @Nullable String tool, long nowMs) {
    ClaimState merged = claim.with(fields, -1);
    return with(tool == null ? merged : merged.using(tool, nowMs));
  }

  /** Changes nothing for null. */
  public SessionRecord withAttempt(@Nullable Attempt attempt) {
    return attempt == null || attempt.equals(claim.attempt())
        ? this
        : with(claim.withAttempt(attempt));
  }

  public SessionRecord end(StatusReport report, long nowMs) {
    ClaimState last = claim.withDeadlines(0, 0).with(report.fields(), report.costMicroUsd());
    return ended(Place.ENDED, report.target(), last, nowMs, nowMs, ReturnInfo.NONE);
  }

  public SessionRecord endUnclaimed(long nowMs) {
    return ended(
        Place.ENDED, SessionState.STOPPED, claim.withoutOwner(), nowMs, nowMs, ReturnInfo.NONE);
  }

  public SessionRecord stop(long releaseByMs, long nowMs) {
    return ended(
        place, SessionState.STOPPED, claim.withDeadlines(0, releaseByMs), nowMs, nowMs, returnInfo);
  }

  public SessionRecord release(long nowMs) {
    return ended(Place.ENDED, state, claim.withDeadlines(0, 0), nowMs, endedAtMs, ReturnInfo.NONE);
  }

  public SessionRecord die(DeadReason reason, long nowMs) {
    return ended(
        Place.DEAD,
        SessionState.FAILED,
        claim.withoutOwner(),
        nowMs,
        nowMs,
        returnInfo.dead(reason));
  }

  public SessionRecord discard(long nowMs) {
    return ended(Place.ENDED, state, claim, nowMs, nowMs, returnInfo);
  }

  /** Kept from its worker until the back-off ends. */
  public SessionRecord nack(
      String by, Rules rules, long nowMs, @Nullable String why, boolean deny) {
    return with(claim.failing(why))
        .back(attempts, nacks + 1, nowMs, returnInfo.nacked(by, nowMs, rules, deny));
  }

  /** Ends the back-offs whose time has come. */
  public SessionRecord backOffOver(long nowMs) {
    return at(place, state, updatedAtMs, claim, returnInfo.over(nowMs));
  }

  /** Its worker fell silent and may re-attach. */
  public SessionRecord lose(long nowMs) {
    return back(attempts + 1, nacks, nowMs, returnInfo.returned(claim.owner(), nowMs));
  }

  /** Nothing is counted, and no worker may re-attach. */
  public SessionRecord giveUp(long nowMs) {
    return back(attempts, nacks, nowMs, returnInfo.returned(null, nowMs));
  }

  public SessionRecord reset(long nowMs) {
    Place to = nowMs < notBeforeMs ? Place.LATER : Place.READY;
    return ended(to, SessionState.PENDING, claim.reset(), nowMs, 0, ReturnInfo.NONE).counted(0, 0);
  }

  public SessionRecord withoutDeadline() {
    return ordered(priority, score, 0, updatedAtMs);
  }

  public SessionRecord ordered(int newPriority, long newScore, long nowMs) {
    return ordered(newPriority, newScore, deadlineMs, nowMs);
  }

  public SessionRecord at(Place to) {
    return to == place ? this : at(to, state, updatedAtMs, claim, returnInfo);
  }

  /**
   * Shortens all time-outs to one time-out from now. Returns this record if there is none to
   * shorten.
   */
  public SessionRecord notAfter(long nowMs, Rules rules) {
    ClaimState limited =
        place == Place.CLAIMED ? claim.notAfter(nowMs, rules.stopGraceMs()) : claim;
    ReturnInfo open = returnInfo.notAfter(nowMs, rules);
    return limited.equals(claim) && open.equals(returnInfo)
        ? this
        : at(place, state, updatedAtMs, limited, open);
  }

  /** Returned while a back-off lasts, else ready. */
  public SessionRecord atBucket() {
    return at(returnInfo.returnUntilMs() > 0 ? Place.RETURNED : Place.READY);
  }

  public SessionRecord sharing(String sharedProject, List<String> sharedCapabilities) {
    return new SessionRecord(
        id,
        issueId,
        issueIdentifier,
        sharedProject,
        sharedCapabilities,
        priority,
        queuedAtMs,
        contentHash,
        payload,
        place,
        state,
        attempts,
        nacks,
        createdAtMs,
        updatedAtMs,
        endedAtMs,
        claim,
        returnInfo,
        score,
        notBeforeMs,
        deadlineMs,
        enqueuedSeq,
        bytes,
        subject);
  }

  /** The owner, or the owner at the end; null while waiting. */
  public @Nullable String owner() {
    return claim.owner();
  }

  private SessionRecord back(int newAttempts, int newNacks, long nowMs, ReturnInfo info) {
    return at(Place.READY, SessionState.PENDING, nowMs, claim.withoutOwner(), info)
        .counted(newAttempts, newNacks);
  }

  public SessionRecord with(ClaimState newClaim) {
    return at(place, state, updatedAtMs, newClaim, returnInfo);
  }

  private SessionRecord at(
      Place to, SessionState as, long updated, ClaimState newClaim, ReturnInfo newReturnInfo) {
    return ended(to, as, newClaim, updated, endedAtMs, newReturnInfo);
  }

  private SessionRecord counted(int newAttempts, int newNacks) {
    return with(
        place,
        state,
        priority,
        newAttempts,
        newNacks,
        updatedAtMs,
        endedAtMs,
        claim,
        returnInfo,
        score,
        deadlineMs);
  }

  private SessionRecord ordered(int newPriority, long newScore, long newDeadlineMs, long updated) {
    return with(
        place,
        state,
        newPriority,
        attempts,
        nacks,
        updated,
        endedAtMs,
        claim,
        returnInfo,
        newScore,
        newDeadlineMs);
  }

  private SessionRecord ended(
      Place to,
      SessionState as,
      ClaimState newClaim,
      long updated,
      long ended,
      ReturnInfo newReturnInfo) {
    return with(
        to,
        as,
        priority,
        attempts,
        nacks,
        updated,
        ended,
        newClaim,
        newReturnInfo,
        score,
        deadlineMs);
  }

  /** Takes all components that ever change. */
  private SessionRecord with(
      Place to,
      SessionState as,
      int newPriority,
      int newAttempts,
      int newNacks,
      long updated,
      long ended,
      ClaimState newClaim,
      ReturnInfo newReturnInfo,
      long newScore,
      long newDeadlineMs) {
    return new SessionRecord(
        id,
        issueId,
        issueIdentifier,
        project,
        capabilities,
        newPriority,
        queuedAtMs,
        contentHash,
        payload,
        to,
        as,
        newAttempts,
        newNacks,
        createdAtMs,
        updated,
        ended,
        newClaim,
        newReturnInfo,
        newScore,
        notBeforeMs,
        newDeadlineMs,
        enqueuedSeq,
        bytes,
        subject);
  }
}
