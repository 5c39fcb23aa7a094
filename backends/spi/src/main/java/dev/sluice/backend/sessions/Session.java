package dev.sluice.backend.sessions;

import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session as stored. Times are epoch ms; 0 means not yet.
 *
 * @param id session id
 * @param issueId the issue it belongs to
 * @param issueIdentifier the issue's name for people
 * @param project its project
 * @param place where it is kept
 * @param state its state
 * @param priority 1..9
 * @param queuedAtMs the second part of its score
 * @param position 1-based position among its project's waiting work; 0 if unknown or not waiting
 * @param owner the worker that owns it, or owned it at its end; null while it waits
 * @param token token of its latest claim; 0 before the first
 * @param acceptByMs deadline of a claim not yet accepted; else 0
 * @param attempts how often a claim of it was lost by time
 * @param nacks how often it was nacked
 * @param createdAtMs when it was enqueued
 * @param updatedAtMs its last change
 * @param claimedAtMs its latest claim
 * @param startedAtMs first report of running in its latest claim
 * @param endedAtMs when its end was recorded
 * @param releaseByMs while a stopped session still holds its slot: when the grace is over; else 0
 * @param score its place in the order of hand-out; lower goes first
 * @param requiredCapabilities what a worker must have, sorted by bytes
 * @param notBeforeMs before when it isn't handed out; 0 for at once
 * @param deadlineMs when it is given up on if it still waits; 0 for never
 * @param nackedBy the worker that nacked it since its latest claim, or null
 * @param returnUntilMs until when it is kept from that worker; 0 when over
 * @param dead why it was given up on, or null
 * @param lastSignMs the latest call of its owner about it in its latest claim, the claim itself to
 *     begin with, and after a stop the latest of its last owner; 0 before the first
 * @param costMicroUsd what its latest claim has cost, as last reported
 * @param tools which tools its latest claim has used, or null
 * @param fields merged fields of its reports, name to JSON value
 * @param item the JSON as enqueued; empty where it is lost, and in lists that leave items out
 */
public record Session(
    String id,
    String issueId,
    String issueIdentifier,
    String project,
    Place place,
    SessionState state,
    int priority,
    long queuedAtMs,
    int position,
    @Nullable String owner,
    long token,
    long acceptByMs,
    int attempts,
    int nacks,
    long createdAtMs,
    long updatedAtMs,
    long claimedAtMs,
    long startedAtMs,
    long endedAtMs,
    long releaseByMs,
    long score,
    List<String> requiredCapabilities,
    long notBeforeMs,
    long deadlineMs,
    @Nullable String nackedBy,
    long returnUntilMs,
    @Nullable DeadReason dead,
    long lastSignMs,
    long costMicroUsd,
    @Nullable ToolUse tools,
    SortedMap<String, String> fields,
    String item) {

  public Session {
    requiredCapabilities = List.copyOf(requiredCapabilities);
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** The same without its item, as a row of a list. */
  public Session withoutItem() {
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
        owner,
        token,
        acceptByMs,
        attempts,
        nacks,
        createdAtMs,
        updatedAtMs,
        claimedAtMs,
        startedAtMs,
        endedAtMs,
        releaseByMs,
        score,
        requiredCapabilities,
        notBeforeMs,
        deadlineMs,
        nackedBy,
        returnUntilMs,
        dead,
        lastSignMs,
        costMicroUsd,
        tools,
        fields,
        "");
  }
}
