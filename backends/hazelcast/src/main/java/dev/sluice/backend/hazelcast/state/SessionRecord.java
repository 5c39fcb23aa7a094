package dev.sluice.backend.hazelcast.state;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.Place;
import dev.sluice.backend.Score;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is stored of a session but its item. See {@link Session} for what is not said here.
 *
 * <p>The methods that return a record are the changes a session can go through; each says nothing
 * of whether it may.
 *
 * @param capabilities what a worker must have; empty once it has ended
 * @param payload names its item among those stored under its id
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
    Trail trail)
    implements SessionSlot {

  /** Bytes that lack one of these make no session. */
  public SessionRecord {
    requireNonNull(id);
    requireNonNull(project);
    requireNonNull(capabilities);
    requireNonNull(contentHash);
    requireNonNull(place);
    requireNonNull(state);
    requireNonNull(run);
    requireNonNull(trail);
  }

  /** Its place in the order of hand-out. */
  public long score() {
    return Score.of(priority, queuedAtMs);
  }

  /** Whether it is in its bucket. */
  public boolean inBucket() {
    return place == Place.READY || place == Place.RETURNED;
  }

  /** Whether a worker holds it, also while it winds it down after a stop. */
  public boolean claimed() {
    return place == Place.CLAIMED;
  }

  /** Whether it was stopped and its worker hasn't let go of it yet. */
  public boolean inGrace() {
    return place == Place.CLAIMED && state == SessionState.STOPPED;
  }

  /** Whether it is kept from this worker, which nacked it. */
  public boolean keptFrom(String worker) {
    return place == Place.RETURNED && worker.equals(trail.nackedBy());
  }

  /** Whether this is a claim nobody has accepted yet. */
  public boolean awaitsAccept() {
    return place == Place.CLAIMED && run.acceptByMs() > 0;
  }

  /** Claimed anew; what earlier claims reported is forgotten. */
  public SessionRecord claim(String worker, long token, long acceptByMs, long nowMs) {
    Run claim = new Run(worker, token, acceptByMs, nowMs, 0, 0, Run.NONE.fields());
    return at(Place.CLAIMED, SessionState.CLAIMED, nowMs, claim, Trail.NONE);
  }

  /** Claimed once more by the worker that lost it, at once accepted, its reports kept. */
  public SessionRecord reattach(String worker, long token, long nowMs) {
    Run claim = new Run(worker, token, 0, nowMs, 0, 0, run.fields());
    return at(Place.CLAIMED, SessionState.CLAIMED, nowMs, claim, Trail.NONE);
  }

  /** Without its accept deadline. */
  public SessionRecord accept() {
    return run.acceptByMs() == 0
        ? this
        : at(place, state, updatedAtMs, run.withDeadlines(0, run.releaseByMs()), trail);
  }

  /** In a new state that is no end. */
  public SessionRecord advance(
      SessionState target, SortedMap<String, String> reported, long nowMs) {
    Run moved = run.with(reported);
    if (target == SessionState.RUNNING && run.startedAtMs() == 0) {
      moved = moved.startedAt(nowMs);
    }
    return at(place, target, nowMs, moved, trail);
  }

  /** With more fields. */
  public SessionRecord merge(SortedMap<String, String> reported, long nowMs) {
    return at(place, state, nowMs, run.with(reported), trail);
  }

  /** Ended; whoever owns it stays its last owner. */
  public SessionRecord end(SessionState target, SortedMap<String, String> reported, long nowMs) {
    return ended(target, run.withDeadlines(0, 0).with(reported), nowMs, nowMs);
  }

  /** Stopped while nobody owned it. */
  public SessionRecord endUnclaimed(long nowMs) {
    return ended(SessionState.STOPPED, run.withoutOwner(), nowMs, nowMs);
  }

  /** Stopped while a worker holds it, which has until then to let go. */
  public SessionRecord stop(long releaseByMs, long nowMs) {
    return copy(
        capabilities,
        place,
        SessionState.STOPPED,
        attempts,
        nacks,
        nowMs,
        nowMs,
        run.withDeadlines(0, releaseByMs),
        trail);
  }

  /** Let go by its worker after a stop. */
  public SessionRecord release() {
    return ended(state, run.withDeadlines(0, 0), updatedAtMs, endedAtMs);
  }

  /** Back in its bucket for all but the worker that nacked it. */
  public SessionRecord nack(long returnUntilMs, long nowMs) {
    return copy(
        capabilities,
        Place.RETURNED,
        SessionState.PENDING,
        attempts,
        nacks + 1,
        nowMs,
        endedAtMs,
        run.withoutOwner(),
        new Trail(run.owner(), returnUntilMs, null));
  }

  /** Back in its bucket for all, after its back-off. */
  public SessionRecord backOffOver() {
    return at(Place.READY, state, updatedAtMs, run, new Trail(trail.nackedBy(), 0, null));
  }

  /** Back in its bucket because its worker was silent; that worker may still re-attach. */
  public SessionRecord lose(long nowMs) {
    return copy(
        capabilities,
        Place.READY,
        SessionState.PENDING,
        attempts + 1,
        nacks,
        nowMs,
        endedAtMs,
        run.withoutOwner(),
        new Trail(null, 0, run.owner()));
  }

  /** Back in its bucket because its worker left. */
  public SessionRecord giveUp(long nowMs) {
    return at(Place.READY, SessionState.PENDING, nowMs, run.withoutOwner(), Trail.NONE);
  }

  /** With its project's name and capabilities replaced by equal ones that are shared. */
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
        trail);
  }

  /**
   * As the contract shows it.
   *
   * @param position its position in the queue, 0 if unknown or not waiting
   * @param item the JSON as enqueued
   */
  public Session show(int position, String item) {
    return new Session(
        id,
        issueId,
        issueIdentifier,
        project,
        place,
        state,
        priority,
        queuedAtMs,
        position,
        run.owner(),
        run.token(),
        run.acceptByMs(),
        attempts,
        nacks,
        createdAtMs,
        updatedAtMs,
        run.claimedAtMs(),
        run.startedAtMs(),
        endedAtMs,
        run.releaseByMs(),
        run.fields(),
        item);
  }

  /** The worker that holds it now, or held it at its end; null while it waits. */
  public @Nullable String owner() {
    return run.owner();
  }

  private SessionRecord at(Place to, SessionState as, long updated, Run newRun, Trail newTrail) {
    return copy(capabilities, to, as, attempts, nacks, updated, endedAtMs, newRun, newTrail);
  }

  /** An ended session is in no index, so what only these need is dropped. */
  private SessionRecord ended(SessionState as, Run newRun, long updated, long ended) {
    return copy(List.of(), Place.ENDED, as, attempts, nacks, updated, ended, newRun, Trail.NONE);
  }

  private SessionRecord copy(
      List<String> newCapabilities,
      Place to,
      SessionState as,
      int newAttempts,
      int newNacks,
      long updated,
      long ended,
      Run newRun,
      Trail newTrail) {
    return new SessionRecord(
        id,
        issueId,
        issueIdentifier,
        project,
        newCapabilities,
        priority,
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
        newTrail);
  }
}
