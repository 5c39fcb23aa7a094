package dev.sluice.backend.engine.records;

import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.ToolUse;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a session: the present one, else what its latest one left behind. Times are epoch
 * ms; 0 means not yet.
 *
 * @param owner the worker that owns it, or owned it at its end; null while it waits
 * @param token token of the latest claim
 * @param acceptByMs deadline of a claim not yet accepted; 0 once it is
 * @param claimedAtMs the latest claim
 * @param startedAtMs first report of running in it
 * @param releaseByMs end of the grace of a stop; else 0
 * @param fields merged fields of the reports since the claim
 * @param lastSignMs the latest call of its owner about it
 * @param costMicroUsd what it has cost, as last reported
 * @param stopTold whether a refresh has been told of the stop
 * @param tools which tools it has used, as its activities said; null before the first
 * @param attempt idempotency key of its latest report that had one; else null
 */
public record ClaimState(
    @Nullable String owner,
    long token,
    long acceptByMs,
    long claimedAtMs,
    long startedAtMs,
    long releaseByMs,
    SortedMap<String, String> fields,
    long lastSignMs,
    long costMicroUsd,
    boolean stopTold,
    @Nullable ToolUse tools,
    @Nullable Attempt attempt) {

  /** Of a session that was never claimed. */
  public static final ClaimState NONE =
      new ClaimState(
          null,
          0,
          0,
          0,
          0,
          0,
          Collections.unmodifiableSortedMap(new TreeMap<>()),
          0,
          0,
          false,
          null,
          null);

  static ClaimState claimed(String owner, long token, long acceptByMs, long nowMs) {
    return new ClaimState(
        owner, token, acceptByMs, nowMs, 0, 0, NONE.fields, nowMs, 0, false, null, null);
  }

  /** Claimed once more, at once accepted, with all that was reported. */
  ClaimState taken(String newOwner, long newToken, long nowMs) {
    return new ClaimState(
        newOwner,
        newToken,
        0,
        nowMs,
        startedAtMs,
        0,
        fields,
        nowMs,
        costMicroUsd,
        false,
        tools,
        attempt);
  }

  /** Of a session that was never claimed, but for the number of its latest claim. */
  ClaimState afresh() {
    return token == 0
        ? NONE
        : new ClaimState(null, token, 0, 0, 0, 0, NONE.fields, 0, 0, false, null, null);
  }

  ClaimState withoutOwner() {
    return new ClaimState(
        null,
        token,
        0,
        claimedAtMs,
        startedAtMs,
        0,
        fields,
        lastSignMs,
        costMicroUsd,
        false,
        tools,
        attempt);
  }

  ClaimState withDeadlines(long newAcceptByMs, long newReleaseByMs) {
    return told(newAcceptByMs, startedAtMs, newReleaseByMs, lastSignMs, stopTold);
  }

  /** With no time ahead of now; its deadlines that far ahead at most. */
  ClaimState notAfter(long nowMs, long graceMs) {
    long claimed = Math.min(claimedAtMs, nowMs);
    return new ClaimState(
        owner,
        token,
        acceptByMs == 0 ? 0 : claimed + acceptByMs - claimedAtMs,
        claimed,
        startedAtMs,
        Math.min(releaseByMs, nowMs + graceMs),
        fields,
        Math.min(lastSignMs, nowMs),
        costMicroUsd,
        stopTold,
        tools,
        attempt);
  }

  /** Accepted, and heard of now. */
  ClaimState signed(long nowMs) {
    return told(0, startedAtMs, releaseByMs, nowMs, stopTold);
  }

  ClaimState startedAt(long nowMs) {
    return told(acceptByMs, nowMs, releaseByMs, lastSignMs, stopTold);
  }

  ClaimState toldOfStop() {
    return told(acceptByMs, startedAtMs, releaseByMs, lastSignMs, true);
  }

  private ClaimState told(
      long newAcceptByMs,
      long newStartedAtMs,
      long newReleaseByMs,
      long newLastSignMs,
      boolean newStopTold) {
    return new ClaimState(
        owner,
        token,
        newAcceptByMs,
        claimedAtMs,
        newStartedAtMs,
        newReleaseByMs,
        fields,
        newLastSignMs,
        costMicroUsd,
        newStopTold,
        tools,
        attempt);
  }

  /**
   * With the fields and the cost of a report; what it doesn't name stays.
   *
   * @param reportedCost -1 where it doesn't say
   */
  ClaimState with(SortedMap<String, String> reported, long reportedCost) {
    long cost = reportedCost < 0 ? costMicroUsd : reportedCost;
    SortedMap<String, String> merged = fields;
    if (!reported.isEmpty()) {
      merged = new TreeMap<>(fields);
      merged.putAll(reported);
      merged = Collections.unmodifiableSortedMap(merged);
    }
    return said(merged, cost, tools, attempt);
  }

  /** After one more activity that tells of a tool. */
  ClaimState using(String tool, long nowMs) {
    long count = tools == null ? 1 : tools.count() + 1;
    return said(fields, costMicroUsd, new ToolUse(tool, nowMs, count), attempt);
  }

  /** After a report with a key. */
  ClaimState attempted(Attempt latest) {
    return said(fields, costMicroUsd, tools, latest);
  }

  private ClaimState said(
      SortedMap<String, String> newFields,
      long newCost,
      @Nullable ToolUse newTools,
      @Nullable Attempt newAttempt) {
    return new ClaimState(
        owner,
        token,
        acceptByMs,
        claimedAtMs,
        startedAtMs,
        releaseByMs,
        newFields,
        lastSignMs,
        newCost,
        stopTold,
        newTools,
        newAttempt);
  }
}
