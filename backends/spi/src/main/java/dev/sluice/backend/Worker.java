package dev.sluice.backend;

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
    boolean retired,
    boolean revoked,
    long lastPollMs) {

  public Worker {
    activeSessions = List.copyOf(activeSessions);
  }
}
