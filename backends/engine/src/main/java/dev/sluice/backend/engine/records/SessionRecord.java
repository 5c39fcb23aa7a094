package dev.sluice.backend.engine.records;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is stored of a session but its item. See {@link Session} for what is not said here.
 *
 * <p>The methods that return a record are the changes a session can go through; each says nothing
 * of whether it may.
 *
 * @param capabilities what a worker must have
 * @param payload names its item among those stored under its id
 * @param score its place in the order of hand-out
 * @param enqueuedSeq sequence number of its enqueue
 * @param bytes what it counts, {@link dev.sluice.backend.StoredBytes}; 0 in older bytes
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
    long bytes)
    implements SessionSlot {

  /** Bytes that lack one of these make no session. */
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
  }

  /** Whether it is in its bucket. */
  public boolean inBucket() {
    return place.inOrder();
  }

  /** Whether it stands for its issue, in its bucket or behind another one. */
  public boolean contends() {
    return place.inOrder() || place == Place.PARKED;
  }

  /** Whether a worker holds it, also while it winds it down after a stop. */
  public boolean claimed() {
    return place == Place.CLAIMED;
  }

  /** Whether it was stopped and its worker hasn't let go of it yet. */
  public boolean inGrace() {
    return place == Place.CLAIMED && state == SessionState.STOPPED;
  }

  /** Whether it is over, for good or until it is requeued by hand. */
  public boolean over() {
    return place == Place.ENDED || place == Place.DEAD;
  }

  /** Whether a nack stands against it. */
  public boolean nackStands() {
    return place.waits() && returnInfo.returnUntilMs() > 0;
  }

  /** Whether it is kept from this worker, which nacked it. */
  public boolean keptFrom(String worker) {
    return nackStands() && worker.equals(returnInfo.nackedBy());
  }

  /** Whether this is a claim nobody has accepted yet. */
  public boolean awaitsAccept() {
    return place == Place.CLAIMED && claim.acceptByMs() > 0;
  }

  /** Claimed anew; what earlier claims reported is forgotten. */
  public SessionRecord claim(String worker, long token, long acceptByMs, long nowMs) {
    ClaimState claimed = ClaimState.claimed(worker, token, acceptByMs, nowMs);
    return at(Place.CLAIMED, SessionState.CLAIMED, nowMs, claimed, ReturnInfo.NONE);
  }

  /** Claimed once more by a worker that may, at once accepted, its reports kept. */
  public SessionRecord reattach(String worker, long token, long nowMs) {
    return at(
        Place.CLAIMED,
        SessionState.CLAIMED,
        nowMs,
        claim.taken(worker, token, nowMs),
        ReturnInfo.NONE);
  }

  /** Gone over to another worker while it was claimed. */
  public SessionRecord transfer(String worker, long token, long nowMs) {
    return at(Place.CLAIMED, state, nowMs, claim.taken(worker, token, nowMs), ReturnInfo.NONE);
  }

  /** Accepted, without its worker having said anything of it. */
  public SessionRecord accept() {
    return claim.acceptByMs() == 0
        ? this
        : at(place, state, updatedAtMs, claim.withDeadlines(0, claim.releaseByMs()), returnInfo);
  }

  /** After a call of its owner. */
  public SessionRecord signed(long nowMs) {
    return at(place, state, updatedAtMs, claim.signed(nowMs), returnInfo);
  }

  /** After a call of its owner that tells of something. */
  public SessionRecord touched(long nowMs) {
    return at(place, state, nowMs, claim, returnInfo);
  }

  /** After its worker was told of its stop. */
  public SessionRecord toldOfStop() {
    return at(place, state, updatedAtMs, claim.toldOfStop(), returnInfo);
  }

  /** In a new state that is no end. */
  public SessionRecord advance(StatusReport report, long nowMs) {
    ClaimState moved = claim.with(report.fields(), report.costMicroUsd());
    if (report.target() == SessionState.RUNNING && claim.startedAtMs() == 0) {
      moved = moved.startedAt(nowMs);
    }
    return at(place, report.target(), nowMs, moved, returnInfo);
  }

  /** What its fields take of a page. */
  public long fieldBytes() {
    return StoredBytes.ofFields(claim.fields());
  }

  /** With more fields. */
  public SessionRecord merge(StatusReport report, long nowMs) {
    return at(place, state, nowMs, claim.with(report.fields(), report.costMicroUsd()), returnInfo);
  }

  /** With more fields, by an activity, which may tell of a tool. */
  public SessionRecord told(SortedMap<String, String> fields, @Nullable String tool, long nowMs) {
    ClaimState merged = claim.with(fields, -1);
    return at(
        place, state, updatedAtMs, tool == null ? merged : merged.using(tool, nowMs), returnInfo);
  }

  /** After a report with a key. Itself, if it had none. */
  public SessionRecord attempted(@Nullable Attempt attempt) {
    return attempt == null || attempt.equals(claim.attempt())
        ? this
        : at(place, state, updatedAtMs, claim.attempted(attempt), returnInfo);
  }

  /** Given up on as soon as it was claimed, as if that had not been. */
  public SessionRecord neverClaimed(ClaimState before) {
    return at(place, state, updatedAtMs, before, returnInfo);
  }

  /** With what its last report said. */
  public SessionRecord end(StatusReport report, long nowMs) {
    ClaimState last = claim.withDeadlines(0, 0).with(report.fields(), report.costMicroUsd());
    return ended(Place.ENDED, report.target(), last, nowMs, nowMs, ReturnInfo.NONE);
  }

  /** Stopped while nobody owned it. */
  public SessionRecord endUnclaimed(long nowMs) {
    return ended(
        Place.ENDED, SessionState.STOPPED, claim.withoutOwner(), nowMs, nowMs, ReturnInfo.NONE);
  }

  /** Stopped while a worker holds it, which has until then to let go. */
  public SessionRecord stop(long releaseByMs, long nowMs) {
    return ended(
        place, SessionState.STOPPED, claim.withDeadlines(0, releaseByMs), nowMs, nowMs, returnInfo);
  }

  /** Let go by its worker after a stop. */
  public SessionRecord release(long nowMs) {
    return ended(Place.ENDED, state, claim.withDeadlines(0, 0), nowMs, endedAtMs, ReturnInfo.NONE);
  }

  /** Given up on. */
  public SessionRecord die(DeadReason reason, long nowMs) {
    return ended(
        Place.DEAD,
        SessionState.FAILED,
        claim.withoutOwner(),
        nowMs,
        nowMs,
        ReturnInfo.dead(reason));
  }

  /** A dead letter thrown away. */
  public SessionRecord discard(long nowMs) {
    return ended(Place.ENDED, state, claim, nowMs, nowMs, returnInfo);
  }

  /** Back for all but the worker that nacked it. */
  public SessionRecord nack(long returnUntilMs, long nowMs, @Nullable String reason) {
    ClaimState told =
        reason == null
            ? claim
            : claim.with(new TreeMap<>(Map.of("error", new NackReason(reason).json())), -1);
    return at(place, state, updatedAtMs, told, returnInfo)
        .back(attempts, nacks + 1, nowMs, ReturnInfo.nacked(claim.owner(), returnUntilMs));
  }

  /** Open to all after its back-off. */
  public SessionRecord backOffOver() {
    return at(place, state, updatedAtMs, claim, returnInfo.open());
  }

  /** Back because its worker was silent; that worker may still re-attach. */
  public SessionRecord lose(long nowMs) {
    return back(attempts + 1, nacks, nowMs, ReturnInfo.lost(claim.owner()));
  }

  /** Back because its worker left, or somebody took it away. */
  public SessionRecord giveUp(long nowMs) {
    return back(attempts, nacks, nowMs, ReturnInfo.NONE);
  }

  /** As newly enqueued. */
  public SessionRecord afresh(long nowMs) {
    SessionRecord fresh =
        ended(place, SessionState.PENDING, claim.afresh(), nowMs, 0, ReturnInfo.NONE);
    return fresh.counted(0, 0).at(nowMs < notBeforeMs ? Place.LATER : Place.READY);
  }

  /** Without its deadline. */
  public SessionRecord withoutDeadline() {
    return ordered(priority, score, 0, updatedAtMs);
  }

  /** In another place in the order of hand-out. */
  public SessionRecord ordered(int newPriority, long newScore, long nowMs) {
    return ordered(newPriority, newScore, deadlineMs, nowMs);
  }

  /** In another place. */
  public SessionRecord at(Place to) {
    return to == place ? this : at(to, state, updatedAtMs, claim, returnInfo);
  }

  /** With no time-out longer than these from now on. */
  public SessionRecord notAfter(long nowMs, long graceMs, long backOffMs) {
    ClaimState limited = place == Place.CLAIMED ? claim.notAfter(nowMs, graceMs) : claim;
    ReturnInfo open = returnInfo.openAtMost(nowMs + backOffMs);
    return limited.equals(claim) && open.equals(returnInfo)
        ? this
        : at(place, state, updatedAtMs, limited, open);
  }

  /** In its bucket, as what a nack made of it. */
  public SessionRecord atBucket() {
    return at(returnInfo.returnUntilMs() > 0 ? Place.RETURNED : Place.READY);
  }

  /** With names replaced by equal ones that are shared. */
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
        bytes);
  }

  /** The worker that holds it now, or held it at its end; null while it waits. */
  public @Nullable String owner() {
    return claim.owner();
  }

  /** Waiting again; where is for its issue to say. */
  private SessionRecord back(int newAttempts, int newNacks, long nowMs, ReturnInfo newTrail) {
    return at(Place.READY, SessionState.PENDING, nowMs, claim.withoutOwner(), newTrail)
        .counted(newAttempts, newNacks);
  }

  private SessionRecord at(
      Place to, SessionState as, long updated, ClaimState newClaim, ReturnInfo newTrail) {
    return ended(to, as, newClaim, updated, endedAtMs, newTrail);
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
      ReturnInfo newTrail) {
    return with(
        to, as, priority, attempts, nacks, updated, ended, newClaim, newTrail, score, deadlineMs);
  }

  /** All that changes in a session's life; the rest is as it was enqueued. */
  private SessionRecord with(
      Place to,
      SessionState as,
      int newPriority,
      int newAttempts,
      int newNacks,
      long updated,
      long ended,
      ClaimState newClaim,
      ReturnInfo newTrail,
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
        newTrail,
        newScore,
        notBeforeMs,
        newDeadlineMs,
        enqueuedSeq,
        bytes);
  }
}
