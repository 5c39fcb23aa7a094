package dev.sluice.backend.transfer;

import dev.sluice.backend.workers.FailedRuns;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker, as in {@link dev.sluice.backend.workers.Worker} where nothing else is said. Its claims
 * are those of the sessions.
 *
 * @param quarantines in a row without an acceptance
 * @param settledUntilMs claims up to then no longer count as no-shows
 * @param lastRequest id of its last poll; null before the first
 * @param lastClaims of that poll
 * @param shortMs time of its last heartbeat if that counted or listed fewer sessions than it has
 *     claims
 * @param shortAccepted accepted claims then; -1 if it listed its sessions
 * @param predecessors the latest workers of its machine before it, the latest first
 * @param unlisted claims that its last list of sessions left out
 * @param denials of sessions for good, since its latest quarantine
 */
public record WorkerCopy(
    Registration registration,
    long registeredAtMs,
    long lastSeenMs,
    boolean silent,
    int activeCount,
    boolean drained,
    boolean retired,
    int noShows,
    int nacks,
    int quarantines,
    long quarantinedUntilMs,
    long settledUntilMs,
    long lastPollMs,
    @Nullable String lastRequest,
    List<ClaimRef> lastClaims,
    @Nullable String note,
    int quarantined,
    long shortMs,
    int shortAccepted,
    List<String> predecessors,
    List<String> unlisted,
    List<String> notHeld,
    List<String> unknownHeld,
    int denials,
    @Nullable FailedRuns failedRuns,
    long protectedUntilMs)
    implements OrgRecord {

  public WorkerCopy {
    lastClaims = List.copyOf(lastClaims);
    predecessors = List.copyOf(predecessors);
    unlisted = List.copyOf(unlisted);
    notHeld = List.copyOf(notHeld);
    unknownHeld = List.copyOf(unknownHeld);
  }

  public record ClaimRef(String sessionId, long token) {}
}
