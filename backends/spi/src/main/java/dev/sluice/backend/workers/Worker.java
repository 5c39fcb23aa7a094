package dev.sluice.backend.workers;

import java.util.List;

/**
 * A worker's record.
 *
 * @param registration what it said at its registration; capacity and draining as of its last beat
 * @param activeCount how many sessions it said it runs
 * @param activeSessions the sessions it holds claims of, sorted by bytes
 * @param registeredAtMs epoch ms
 * @param lastSeenMs its last sign of life, epoch ms
 * @param silent whether its lease has run out
 * @param drained whether an operator drains it
 * @param noShows missed poll answers since its last acceptance or quarantine: docs/rules.md
 * @param quarantinedUntilMs until when it gets no work for its no-shows, epoch ms; 0 for never
 *     quarantined or lifted; may lie in the past
 * @param returns its standing nacks: sessions that wait and are kept from it until their back-off
 *     is over
 * @param maxReturns standing nacks from which on it gets messages only
 * @param retired whether a later worker of its machine has taken its place, so that it gets
 *     messages only and is deleted with its last claim
 * @param revoked whether the credential that registered it was revoked
 * @param lastPollMs when it last polled, epoch ms; 0 if it never did, or if that isn't known after
 *     a restart of the store
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
    long quarantinedUntilMs,
    int returns,
    int maxReturns,
    boolean retired,
    boolean revoked,
    long lastPollMs) {

  public Worker {
    activeSessions = List.copyOf(activeSessions);
  }

  /** Slots without a claim; less than 0 for a worker that has lowered its capacity. */
  public int freeSlots() {
    return registration.capacity() - activeSessions.size();
  }
}
