package dev.sluice.backend.sessions;

import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.Subject;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A session as stored. Times are epoch ms; 0 means not yet. The members of its claim and of its
 * return can be read here too.
 *
 * @param queuedAtMs second part of the score
 * @param position 1-based in its project's queue; 0 if unknown or not waiting
 * @param attempts claims lost by time
 * @param nacks of all workers
 * @param score order of hand-out, lowest first
 * @param requiredCapabilities sorted by bytes
 * @param repository of {@link Repositories}; null if it names none
 * @param notBeforeMs 0 for at once
 * @param deadlineMs 0 for none
 * @param item the JSON as enqueued; empty if lost, and in lists without items
 */
@RecordBuilder
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
    int attempts,
    int nacks,
    long createdAtMs,
    long updatedAtMs,
    long endedAtMs,
    long score,
    List<String> requiredCapabilities,
    @Nullable String repository,
    long notBeforeMs,
    long deadlineMs,
    ClaimState claim,
    ReturnInfo returned,
    String item)
    implements SessionBuilder.With {

  public Session {
    requiredCapabilities = List.copyOf(requiredCapabilities);
  }

  public Session withoutItem() {
    return withItem("");
  }

  public Session withFields(SortedMap<String, String> others) {
    return withClaim(claim.withFields(others));
  }

  public @Nullable String owner() {
    return claim.owner();
  }

  public long token() {
    return claim.token();
  }

  public long acceptByMs() {
    return claim.acceptByMs();
  }

  public long claimedAtMs() {
    return claim.claimedAtMs();
  }

  public long startedAtMs() {
    return claim.startedAtMs();
  }

  public long releaseByMs() {
    return claim.releaseByMs();
  }

  public SortedMap<String, String> fields() {
    return claim.fields();
  }

  /** Returns why its latest run failed; null if it didn't, or if its worker told no cause. */
  public @Nullable String failureMode() {
    String json = claim.fields().get(Failure.FIELD);
    return json == null || !json.startsWith("\"") ? null : FieldText.of(json);
  }

  public long lastSignMs() {
    return claim.lastSignMs();
  }

  public long costMicroUsd() {
    return claim.costMicroUsd();
  }

  public @Nullable ToolUse tools() {
    return claim.tools();
  }

  public @Nullable String nackedBy() {
    return returned.nackedBy();
  }

  public long returnUntilMs() {
    return returned.returnUntilMs();
  }

  public List<Nacker> nackers() {
    return returned.nackers();
  }

  public @Nullable DeadReason dead() {
    return returned.dead();
  }
}
