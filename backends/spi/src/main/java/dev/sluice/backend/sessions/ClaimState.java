package dev.sluice.backend.sessions;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a session, or what its latest claim left. Times are epoch ms; 0 means not yet.
 *
 * @param owner also the owner at the end; null while waiting
 * @param token of the latest claim
 * @param acceptByMs 0 once accepted
 * @param startedAtMs first report of running
 * @param releaseByMs end of the grace of a stop; else 0
 * @param fields merged report fields since the claim, name to JSON value
 * @param lastSignMs latest call of the owner about it, or the claim; after a stop the latest call
 *     of the last owner
 * @param costMicroUsd as last reported
 * @param stopTold true once a refresh has told the worker to stop
 * @param tools null before the first
 * @param attempt idempotency key of the latest report that had one
 */
@RecordBuilder
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
    @Nullable Attempt attempt)
    implements ClaimStateBuilder.With {

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
}
