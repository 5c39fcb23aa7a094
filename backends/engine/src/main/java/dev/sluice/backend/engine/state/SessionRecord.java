package dev.sluice.backend.engine.state;

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
    Run run,
    Trail trail,
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
    requireNonNull(run);
    requireNonNull(trail);
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
    return place.waits() && trail.returnUntilMs() > 0;
  }

  /** Whether it is kept from this worker, which nacked it. */
  public boolean keptFrom(String worker) {
    return nackStands() && worker.equals(trail.nackedBy());
  }

  /** Whether this is a claim nobody has accepted yet. */
  public boolean awaitsAccept() {
    return place == Place.CLAIMED && run.acceptByMs() > 0;
  }

  /** Whether this one goes before the other. */
  public boolean before(SessionRecord other) {
    return RankedSet.compare(score, id, other.score, other.id) < 0;
  }

  /** Claimed anew; what earlier claims reported is forgotten. */
  public SessionRecord claim(String worker, long token, long acceptByMs, long nowMs) {
    Run claim = Run.claimed(worker, token, acceptByMs, nowMs);
    return at(Place.CLAIMED, SessionState.CLAIMED, nowMs, claim, Trail.NONE);
  }

  /** Claimed once more by a worker that may, at once accepted, its reports kept. */
  public SessionRecord reattach(String worker, long token, long nowMs) {
    return at(
        Place.CLAIMED, SessionState.CLAIMED, nowMs, run.taken(worker, token, nowMs), Trail.NONE);
  }

  /** Gone over to another worker while it was claimed. */
  public SessionRecord transfer(String worker, long token, long nowMs) {
    return at(Place.CLAIMED, state, nowMs, run.taken(worker, token, nowMs), Trail.NONE);
  }

  /** Accepted, without its worker having said anything of it. */
  public SessionRecord accept() {
    return run.acceptByMs() == 0
        ? this
        : at(place, state, updatedAtMs, run.withDeadlines(0, run.releaseByMs()), trail);
  }

  /** After a call of its owner. */
  public SessionRecord signed(long nowMs) {
    return at(place, state, updatedAtMs, run.signed(nowMs), trail);
  }

  /** After a call of its owner that tells of something. */
  public SessionRecord touched(long nowMs) {
    return at(place, state, nowMs, run, trail);
  }

  /** After its worker was told of its stop. */
  public SessionRecord toldOfStop() {
    return at(place, state, updatedAtMs, run.toldOfStop(), trail);
  }

  /** In a new state that is no end. */
  public SessionRecord advance(StatusReport report, long nowMs) {
    Run moved = run.with(report.fields(), report.costMicroUsd());
    if (report.target() == SessionState.RUNNING && run.startedAtMs() == 0) {
      moved = moved.startedAt(nowMs);
    }
    return at(place, report.target(), nowMs, moved, trail);
  }

  /** What its fields take of a page. */
  public long fieldBytes() {
    return StoredBytes.ofFields(run.fields());
  }

  /** With more fields. */
  public SessionRecord merge(StatusReport report, long nowMs) {
    return at(place, state, nowMs, run.with(report.fields(), report.costMicroUsd()), trail);
  }

  /** With more fields, by an activity, which may tell of a tool. */
  public SessionRecord told(SortedMap<String, String> fields, @Nullable String tool, long nowMs) {
    Run merged = run.with(fields, -1);
    return at(place, state, updatedAtMs, tool == null ? merged : merged.using(tool, nowMs), trail);
  }

  /** After a report with a key. Itself, if it had none. */
  public SessionRecord attempted(@Nullable Attempt attempt) {
    return attempt == null || attempt.equals(run.attempt())
        ? this
        : at(place, state, updatedAtMs, run.attempted(attempt), trail);
  }

  /** Given up on as soon as it was claimed, as if that had not been. */
  public SessionRecord neverClaimed(Run before) {
    return at(place, state, updatedAtMs, before, trail);
  }

  /** With what its last report said. */
  public SessionRecord end(StatusReport report, long nowMs) {
    Run last = run.withDeadlines(0, 0).with(report.fields(), report.costMicroUsd());
    return ended(Place.ENDED, report.target(), last, nowMs, nowMs, Trail.NONE);
  }

  /** Stopped while nobody owned it. */
  public SessionRecord endUnclaimed(long nowMs) {
    return ended(Place.ENDED, SessionState.STOPPED, run.withoutOwner(), nowMs, nowMs, Trail.NONE);
  }

  /** Stopped while a worker holds it, which has until then to let go. */
  public SessionRecord stop(long releaseByMs, long nowMs) {
    return ended(
        place, SessionState.STOPPED, run.withDeadlines(0, releaseByMs), nowMs, nowMs, trail);
  }

  /** Let go by its worker after a stop. */
  public SessionRecord release(long nowMs) {
    return ended(Place.ENDED, state, run.withDeadlines(0, 0), nowMs, endedAtMs, Trail.NONE);
  }

  /** Given up on. */
  public SessionRecord die(DeadReason reason, long nowMs) {
    return ended(
        Place.DEAD, SessionState.FAILED, run.withoutOwner(), nowMs, nowMs, Trail.dead(reason));
  }

  /** A dead letter thrown away. */
  public SessionRecord discard(long nowMs) {
    return ended(Place.ENDED, state, run, nowMs, nowMs, trail);
  }

  /** Back for all but the worker that nacked it. */
  public SessionRecord nack(long returnUntilMs, long nowMs, @Nullable String reason) {
    Run told =
        reason == null
            ? run
            : run.with(new TreeMap<>(Map.of("error", new NackReason(reason).json())), -1);
    return at(place, state, updatedAtMs, told, trail)
        .back(attempts, nacks + 1, nowMs, Trail.nacked(run.owner(), returnUntilMs));
  }

  /** Open to all after its back-off. */
  public SessionRecord backOffOver() {
    return at(place, state, updatedAtMs, run, trail.open());
  }

  /** Back because its worker was silent; that worker may still re-attach. */
  public SessionRecord lose(long nowMs) {
    return back(attempts + 1, nacks, nowMs, Trail.lost(run.owner()));
  }

  /** Back because its worker left, or somebody took it away. */
  public SessionRecord giveUp(long nowMs) {
    return back(attempts, nacks, nowMs, Trail.NONE);
  }

  /** As newly enqueued. */
  public SessionRecord afresh(long nowMs) {
    SessionRecord fresh = ended(place, SessionState.PENDING, run.afresh(), nowMs, 0, Trail.NONE);
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
    return to == place ? this : at(to, state, updatedAtMs, run, trail);
  }

  /** With no time-out longer than these from now on. */
  public SessionRecord notAfter(long nowMs, long graceMs, long backOffMs) {
    Run limited = place == Place.CLAIMED ? run.notAfter(nowMs, graceMs) : run;
    Trail open = trail.openAtMost(nowMs + backOffMs);
    return limited.equals(run) && open.equals(trail)
        ? this
        : at(place, state, updatedAtMs, limited, open);
  }

  /** In its bucket, as what a nack made of it. */
  public SessionRecord atBucket() {
    return at(trail.returnUntilMs() > 0 ? Place.RETURNED : Place.READY);
  }

  /** With names replaced by equal ones that are shared. */
  SessionRecord sharing(String sharedProject, List<String> sharedCapabilities) {
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
        run,
        trail,
        score,
        notBeforeMs,
        deadlineMs,
        enqueuedSeq,
        bytes);
  }

  /** The worker that holds it now, or held it at its end; null while it waits. */
  public @Nullable String owner() {
    return run.owner();
  }

  /** Waiting again; where is for its issue to say. */
  private SessionRecord back(int newAttempts, int newNacks, long nowMs, Trail newTrail) {
    return at(Place.READY, SessionState.PENDING, nowMs, run.withoutOwner(), newTrail)
        .counted(newAttempts, newNacks);
  }

  private SessionRecord at(Place to, SessionState as, long updated, Run newRun, Trail newTrail) {
    return ended(to, as, newRun, updated, endedAtMs, newTrail);
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
        run,
        trail,
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
        run,
        trail,
        newScore,
        newDeadlineMs);
  }

  private SessionRecord ended(
      Place to, SessionState as, Run newRun, long updated, long ended, Trail newTrail) {
    return with(
        to, as, priority, attempts, nacks, updated, ended, newRun, newTrail, score, deadlineMs);
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
      Run newRun,
      Trail newTrail,
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
        newRun,
        newTrail,
        newScore,
        notBeforeMs,
        newDeadlineMs,
        enqueuedSeq,
        bytes);
  }
}
