package dev.sluice.backend.engine.records;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Session} without its item. Transitions return a record and don't check whether they are
 * allowed.
 *
 * @param capabilities {@link dev.sluice.backend.store.PackedNames}, sorted by bytes
 * @param enqueuedSeq of the enqueue
 * @param bytes {@link dev.sluice.backend.store.StoredBytes}; 0 in older bytes
 * @param subject null in older bytes
 */
@RecordBuilder
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
    implements SessionSlot, SessionRecordBuilder.With {

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
    return place.over();
  }

  /** A back-off keeps it from a worker that nacked it. */
  public boolean nackStands() {
    return place.waits() && returnInfo.returnUntilMs() > 0;
  }

  public boolean keptFrom(String worker) {
    return nackStands() && Returns.keepFrom(returnInfo, worker);
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
    return claimed(
        SessionState.CLAIMED,
        nowMs,
        ClaimState.NONE.with(
            claimed ->
                claimed
                    .owner(worker)
                    .token(token)
                    .acceptByMs(acceptByMs)
                    .claimedAtMs(nowMs)
                    .lastSignMs(nowMs)));
  }

  /** Claims again, accepted and with its reports. */
  public SessionRecord reattach(String worker, long token, long nowMs) {
    return claimed(SessionState.CLAIMED, nowMs, taken(worker, token, nowMs));
  }

  public SessionRecord transfer(String worker, long token, long nowMs) {
    return claimed(state, nowMs, taken(worker, token, nowMs));
  }

  /** A new, accepted claim that keeps the reports. */
  private ClaimState taken(String worker, long token, long nowMs) {
    return claim.with(
        taken ->
            taken
                .owner(worker)
                .token(token)
                .acceptByMs(0)
                .claimedAtMs(nowMs)
                .releaseByMs(0)
                .lastSignMs(nowMs)
                .stopTold(false));
  }

  private SessionRecord claimed(SessionState as, long nowMs, ClaimState claimed) {
    return with(
        session ->
            session
                .place(Place.CLAIMED)
                .state(as)
                .updatedAtMs(nowMs)
                .claim(claimed)
                .returnInfo(Returns.claimed(returnInfo)));
  }

  public SessionRecord accept() {
    return claim.acceptByMs() == 0 ? this : withClaim(claim.withAcceptByMs(0));
  }

  public SessionRecord signed(long nowMs) {
    return withClaim(claim.with(signed -> signed.acceptByMs(0).lastSignMs(nowMs)));
  }

  public SessionRecord touched(long nowMs) {
    return withUpdatedAtMs(nowMs);
  }

  /** Its nackers are forgotten: it runs. */
  public SessionRecord advance(StatusReport report, long nowMs) {
    ClaimState moved = reported(claim, report.fields(), report.costMicroUsd());
    boolean starts = report.target() == SessionState.RUNNING && claim.startedAtMs() == 0;
    return with(
        session ->
            session
                .state(report.target())
                .updatedAtMs(nowMs)
                .claim(starts ? moved.withStartedAtMs(nowMs) : moved)
                .returnInfo(ReturnInfo.NONE));
  }

  public long fieldBytes() {
    return StoredBytes.ofFields(claim.fields());
  }

  public SessionRecord merge(StatusReport report, long nowMs) {
    ClaimState merged = reported(claim, report.fields(), report.costMicroUsd());
    return with(session -> session.updatedAtMs(nowMs).claim(merged));
  }

  /**
   * @param cost -1 keeps the cost
   */
  private static ClaimState reported(ClaimState claim, Map<String, String> fields, long cost) {
    ClaimState told = cost < 0 ? claim : claim.withCostMicroUsd(cost);
    if (fields.isEmpty()) {
      return told;
    }
    SortedMap<String, String> merged = new TreeMap<>(claim.fields());
    merged.putAll(fields);
    return told.withFields(Collections.unmodifiableSortedMap(merged));
  }

  /** Merges the fields of an activity. */
  public SessionRecord told(SortedMap<String, String> fields, @Nullable String tool, long nowMs) {
    ClaimState merged = reported(claim, fields, -1);
    long used = claim.tools() == null ? 0 : claim.tools().count();
    return withClaim(tool == null ? merged : merged.withTools(new ToolUse(tool, nowMs, used + 1)));
  }

  /** Changes nothing for null. */
  public SessionRecord withAttempt(@Nullable Attempt attempt) {
    return attempt == null || attempt.equals(claim.attempt())
        ? this
        : withClaim(claim.withAttempt(attempt));
  }

  public SessionRecord end(StatusReport report, long nowMs) {
    ClaimState last = reported(over(claim), report.fields(), report.costMicroUsd());
    return ended(Place.ENDED, report.target(), last, ReturnInfo.NONE, nowMs);
  }

  public SessionRecord endUnclaimed(long nowMs) {
    return ended(Place.ENDED, SessionState.STOPPED, withoutOwner(), ReturnInfo.NONE, nowMs);
  }

  public SessionRecord stop(long releaseByMs, long nowMs) {
    return with(
        session ->
            session
                .state(SessionState.STOPPED)
                .updatedAtMs(nowMs)
                .endedAtMs(nowMs)
                .claim(over(claim).withReleaseByMs(releaseByMs)));
  }

  public SessionRecord release(long nowMs) {
    return with(
        session ->
            session
                .place(Place.ENDED)
                .updatedAtMs(nowMs)
                .claim(over(claim))
                .returnInfo(ReturnInfo.NONE));
  }

  public SessionRecord die(DeadReason reason, long nowMs) {
    ReturnInfo why = Returns.dead(returnInfo, reason);
    return ended(Place.DEAD, SessionState.FAILED, withoutOwner(), why, nowMs);
  }

  private SessionRecord ended(
      Place to, SessionState as, ClaimState last, ReturnInfo info, long nowMs) {
    return with(
        session ->
            session
                .place(to)
                .state(as)
                .updatedAtMs(nowMs)
                .endedAtMs(nowMs)
                .claim(last)
                .returnInfo(info));
  }

  public SessionRecord discard(long nowMs) {
    return with(session -> session.place(Place.ENDED).updatedAtMs(nowMs).endedAtMs(nowMs));
  }

  /** Waits for nothing more of its worker. */
  private static ClaimState over(ClaimState claim) {
    return claim.with(over -> over.acceptByMs(0).releaseByMs(0));
  }

  private ClaimState withoutOwner() {
    return over(claim).with(left -> left.owner(null).stopTold(false));
  }

  /** Kept from its worker until the back-off ends. */
  public SessionRecord nack(
      String by, Rules rules, long nowMs, @Nullable String why, boolean deny) {
    ClaimState left =
        why == null
            ? withoutOwner()
            : reported(withoutOwner(), Map.of("error", new NackReason(why).json()), -1);
    return back(nowMs, Returns.nacked(returnInfo, by, nowMs, rules, deny))
        .with(session -> session.nacks(nacks + 1).claim(left));
  }

  /** Ends the back-offs whose time has come. */
  public SessionRecord backOffOver(long nowMs) {
    return withReturnInfo(Returns.over(returnInfo, nowMs));
  }

  /** Its worker fell silent and may re-attach. */
  public SessionRecord lose(long nowMs) {
    return back(nowMs, Returns.returned(returnInfo, claim.owner(), nowMs))
        .withAttempts(attempts + 1);
  }

  /** Its run failed, and it waits again with what was reported. */
  public SessionRecord failed(
      String by, StatusReport report, Remedy remedy, Rules rules, long nowMs) {
    ClaimState left = reported(withoutOwner(), report.fields(), report.costMicroUsd());
    return remedy == Remedy.ELSEWHERE
        ? back(nowMs, Returns.nacked(returnInfo, by, nowMs, rules, false))
            .with(session -> session.nacks(nacks + 1).claim(left))
        : back(nowMs, ReturnInfo.NONE).with(session -> session.attempts(attempts + 1).claim(left));
  }

  public SessionRecord until(long readyMs) {
    return with(session -> session.place(Place.LATER).notBeforeMs(readyMs));
  }

  /** Nothing is counted, and no worker may re-attach. */
  public SessionRecord giveUp(long nowMs) {
    return back(nowMs, Returns.returned(returnInfo, null, nowMs));
  }

  private SessionRecord back(long nowMs, ReturnInfo info) {
    return with(
        session ->
            session
                .place(Place.READY)
                .state(SessionState.PENDING)
                .updatedAtMs(nowMs)
                .claim(withoutOwner())
                .returnInfo(info));
  }

  /** Its token stays, since tokens must grow. */
  public SessionRecord reset(long nowMs) {
    ClaimState none =
        claim.token() == 0 ? ClaimState.NONE : ClaimState.NONE.withToken(claim.token());
    return with(
        session ->
            session
                .place(nowMs < notBeforeMs ? Place.LATER : Place.READY)
                .state(SessionState.PENDING)
                .attempts(0)
                .nacks(0)
                .updatedAtMs(nowMs)
                .endedAtMs(0)
                .claim(none)
                .returnInfo(ReturnInfo.NONE));
  }

  public SessionRecord withoutDeadline() {
    return withDeadlineMs(0);
  }

  public SessionRecord ordered(int newPriority, long newScore, long nowMs) {
    return with(session -> session.priority(newPriority).score(newScore).updatedAtMs(nowMs));
  }

  public SessionRecord at(Place to) {
    return to == place ? this : withPlace(to);
  }

  /**
   * Shortens all time-outs to one time-out from now. Returns this record if there is none to
   * shorten.
   */
  public SessionRecord notAfter(long nowMs, Rules rules) {
    ClaimState limited = place == Place.CLAIMED ? notAfter(nowMs, rules.stopGraceMs()) : claim;
    ReturnInfo open = Returns.notAfter(returnInfo, nowMs, rules);
    return limited.equals(claim) && open.equals(returnInfo)
        ? this
        : with(session -> session.claim(limited).returnInfo(open));
  }

  private ClaimState notAfter(long nowMs, long graceMs) {
    long claimed = Math.min(claim.claimedAtMs(), nowMs);
    long accept = claim.acceptByMs();
    return claim.with(
        limited ->
            limited
                .acceptByMs(accept == 0 ? 0 : claimed + accept - claim.claimedAtMs())
                .claimedAtMs(claimed)
                .releaseByMs(Math.min(claim.releaseByMs(), nowMs + graceMs))
                .lastSignMs(Math.min(claim.lastSignMs(), nowMs)));
  }

  /** Returned while a back-off lasts, else ready. */
  public SessionRecord atBucket() {
    return at(returnInfo.returnUntilMs() > 0 ? Place.RETURNED : Place.READY);
  }

  public SessionRecord sharing(String sharedProject, List<String> sharedCapabilities) {
    return with(session -> session.project(sharedProject).capabilities(sharedCapabilities));
  }

  /** The owner, or the owner at the end; null while waiting. */
  public @Nullable String owner() {
    return claim.owner();
  }
}
