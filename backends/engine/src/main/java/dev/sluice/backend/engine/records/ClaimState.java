package dev.sluice.backend.engine.records;

import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.ToolUse;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a session, or what its latest claim left, as in {@link
 * dev.sluice.backend.sessions.Session}. Times are epoch ms; 0 means not yet.
 *
 * @param fields merged report fields since the claim
 * @param stopTold true once a refresh has told the worker to stop
 * @param tools null before the first
 * @param attempt idempotency key of the latest report that had one
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

  /** A new, accepted claim that keeps the reports. */
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

  /** The token stays, since tokens must grow. */
  ClaimState reset() {
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

  /** Leaves no time after now and no deadline beyond its time-out. */
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

  ClaimState signed(long nowMs) {
    return told(0, startedAtMs, releaseByMs, nowMs, stopTold);
  }

  ClaimState startedAt(long nowMs) {
    return told(acceptByMs, nowMs, releaseByMs, lastSignMs, stopTold);
  }

  public ClaimState toldOfStop() {
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
   * @param reportedCost -1 keeps the cost
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

  /** Reports the reason of a nack as the error; null changes nothing. */
  ClaimState failing(@Nullable String reason) {
    return reason == null
        ? this
        : with(new TreeMap<>(Map.of("error", new NackReason(reason).json())), -1);
  }

  ClaimState using(String tool, long nowMs) {
    long count = tools == null ? 1 : tools.count() + 1;
    return said(fields, costMicroUsd, new ToolUse(tool, nowMs, count), attempt);
  }

  ClaimState withAttempt(Attempt latest) {
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
