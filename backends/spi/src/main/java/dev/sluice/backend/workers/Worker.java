package dev.sluice.backend.workers;

import dev.sluice.backend.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker's record. Times are epoch ms.
 *
 * @param registration with capacity and draining as of the last heartbeat
 * @param activeCount as reported
 * @param activeSessions claimed ones, sorted by bytes
 * @param lastSeenMs last sign of life
 * @param silent true once the lease ran out
 * @param drained true if drained by an operator
 * @param noShows missed poll answers since the last acceptance or quarantine: docs/rules.md
 * @param nacks in a row without an acceptance; from {@link Rules#NACKS_IN_ROW} on they are the
 *     reason for its latest quarantine
 * @param quarantinedUntilMs maybe in the past; 0 if never quarantined or lifted
 * @param returns standing nacks: waiting sessions kept from it by a back-off
 * @param maxReturns see {@link Rules#maxReturns}
 * @param retired true if replaced by a later worker of its machine
 * @param revoked true if its credential was revoked
 * @param lastPollMs 0 if never, or unknown after a restart of the store
 * @param note an operator's, one line of at most 1,024 UTF-8 bytes
 * @param quarantined sessions that take slots without a claim, as reported
 * @param notHeld claims that its last two lists of sessions left out
 * @param unknownHeld sessions of its last list that aren't its claims; the first {@value
 *     #MAX_UNKNOWN}
 * @param failedRuns null if its latest run didn't fail because of its machine
 * @param quota its accounts as of its last heartbeat, {@link Account#pack packed}; empty for none
 * @param inherited claims that the workers it has replaced still have; they take its slots
 * @param offeredJobs jobs of its last poll that it hasn't confirmed by another poll
 * @param protectedUntilMs scale-in protection, maybe in the past; 0 for none
 */
public record Worker(
    Registration registration,
    int activeCount,
    List<String> activeSessions,
    long registeredAtMs,
    long lastSeenMs,
    boolean silent,
    boolean drained,
    int noShows,
    int nacks,
    long quarantinedUntilMs,
    int returns,
    int maxReturns,
    boolean retired,
    boolean revoked,
    long lastPollMs,
    @Nullable String note,
    int quarantined,
    List<String> notHeld,
    List<String> unknownHeld,
    @Nullable FailedRuns failedRuns,
    String quota,
    int inherited,
    int offeredJobs,
    long protectedUntilMs) {

  public static final int MAX_UNKNOWN = 20;

  /** Workers of its machine before it whose work it may adopt, and whose claims it inherits. */
  public static final int MAX_PREDECESSORS = 5;

  public Worker {
    notHeld = List.copyOf(notHeld);
    unknownHeld = List.copyOf(unknownHeld);
    activeSessions = List.copyOf(activeSessions);
    quota = quota == null ? "" : quota; // from a node of an older release
  }

  public List<Account> accounts() {
    return Account.unpack(quota);
  }

  /** The reason for its quarantine, after "quarantined because it"; null unless quarantined. */
  public @Nullable String quarantineReason(long nowMs) {
    if (quarantinedUntilMs <= nowMs) {
      return null;
    }
    if (failedRuns != null && failedRuns.inRow() >= Rules.FAILURES_IN_ROW) {
      return "failed " + failedRuns.inRow() + " runs in a row, the last by " + failedRuns.cause();
    }
    return nacks >= Rules.NACKS_IN_ROW
        ? "nacked " + Rules.NACKS_IN_ROW + " items in a row"
        : "accepted nothing of several poll answers in a row";
  }

  /** Negative after the slots became fewer. */
  public int freeSlots() {
    return slots(registration.capacity(), quarantined) - busySlots();
  }

  /** Slots that claims take, its own and inherited ones. */
  public int busySlots() {
    return activeSessions.size() + inherited;
  }

  public static int slots(int capacity, int quarantined) {
    return Math.max(0, capacity - quarantined);
  }
}
