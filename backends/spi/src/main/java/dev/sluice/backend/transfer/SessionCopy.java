package dev.sluice.backend.transfer;

import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.work.ContentHash;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session without activities and messages, as in {@link dev.sluice.backend.sessions.Session}
 * where nothing else is said.
 *
 * @param subject null in exports of format 1: to be made from the item
 * @param contentHash of the item as enqueued, {@link ContentHash#shortened shortened}
 * @param item byte for byte as enqueued; null if lost
 * @param publicIds those that lead to it
 * @param enqueuedSeq of the enqueue
 * @param timeline the latest lines, without the enqueue, the oldest first
 */
public record SessionCopy(
    String id,
    String issueId,
    String issueIdentifier,
    @Nullable Subject subject,
    String project,
    List<String> capabilities,
    int priority,
    long queuedAtMs,
    long score,
    long notBeforeMs,
    long deadlineMs,
    long createdAtMs,
    long enqueuedSeq,
    String contentHash,
    @Nullable String item,
    List<String> publicIds,
    Place place,
    SessionState state,
    int attempts,
    int nacks,
    long updatedAtMs,
    long endedAtMs,
    Claim claim,
    Returns returns,
    List<Event> timeline)
    implements OrgRecord {

  public SessionCopy {
    contentHash = ContentHash.shortened(contentHash);
    capabilities = List.copyOf(capabilities);
    publicIds = List.copyOf(publicIds);
    timeline = List.copyOf(timeline);
  }

  public SessionCopy withItem(@Nullable String changed) {
    return with(contentHash, changed, publicIds, subject);
  }

  /** Completes a session that comes from another server: {@link ForeignStore#read}. */
  public SessionCopy completed(String hash, List<String> names, @Nullable Subject made) {
    return with(hash, item, names, made);
  }

  private SessionCopy with(
      String hash, @Nullable String text, List<String> names, @Nullable Subject made) {
    return new SessionCopy(
        id,
        issueId,
        issueIdentifier,
        made,
        project,
        capabilities,
        priority,
        queuedAtMs,
        score,
        notBeforeMs,
        deadlineMs,
        createdAtMs,
        enqueuedSeq,
        hash,
        text,
        names,
        place,
        state,
        attempts,
        nacks,
        updatedAtMs,
        endedAtMs,
        claim,
        returns,
        timeline);
  }

  /**
   * The claim, or what the latest one left.
   *
   * @param stopTold true once a refresh has told the worker to stop
   * @param attempt of the latest report that had one
   */
  public record Claim(
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

    public Claim {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
  }

  /**
   * @param lostBy the worker that lost it by time and may re-attach
   */
  public record Returns(
      @Nullable String nackedBy,
      @Nullable String lostBy,
      @Nullable DeadReason dead,
      List<Nacker> nackers) {

    public Returns {
      nackers = List.copyOf(nackers);
    }
  }
}
