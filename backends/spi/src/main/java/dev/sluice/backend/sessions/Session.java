package dev.sluice.backend.sessions;

import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.Subject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session as stored. Times are epoch ms; 0 means not yet.
 *
 * @param queuedAtMs second part of the score
 * @param position 1-based in its project's queue; 0 if unknown or not waiting
 * @param owner also the owner at the end; null while waiting
 * @param token of the latest claim
 * @param acceptByMs 0 once accepted
 * @param attempts claims lost by time
 * @param nacks of all workers
 * @param startedAtMs first report of running in the latest claim
 * @param releaseByMs end of the grace of a stop; else 0
 * @param score order of hand-out, lowest first
 * @param requiredCapabilities sorted by bytes, with its {@link Repositories repository}, if any
 * @param notBeforeMs 0 for at once
 * @param deadlineMs 0 for none
 * @param nackedBy since the latest claim
 * @param returnUntilMs earliest end of a back-off while it waits; 0 for none
 * @param nackers since it last ran, in the order of their first nacks
 * @param lastSignMs latest call of the owner about it in the latest claim, or the claim; after a
 *     stop the latest call of the last owner
 * @param costMicroUsd of the latest claim, as last reported
 * @param tools in the latest claim
 * @param fields merged report fields, name to JSON value
 * @param item the JSON as enqueued; empty if lost, and in lists without items
 */
public record Session(
    String id,
    String issueId,
    String issueIdentifier,
    Subject subject,
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
    List<Nacker> nackers,
    @Nullable DeadReason dead,
    long lastSignMs,
    long costMicroUsd,
    @Nullable ToolUse tools,
    SortedMap<String, String> fields,
    String item) {

  public Session {
    requiredCapabilities = List.copyOf(requiredCapabilities);
    nackers = List.copyOf(nackers);
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  public Session withoutItem() {
    return with(fields, "");
  }

  public Session withFields(SortedMap<String, String> others) {
    return with(others, item);
  }

  private Session with(SortedMap<String, String> otherFields, String otherItem) {
    return new Session(
        id,
        issueId,
        issueIdentifier,
        subject,
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
        nackers,
        dead,
        lastSignMs,
        costMicroUsd,
        tools,
        otherFields,
        otherItem);
  }
}
