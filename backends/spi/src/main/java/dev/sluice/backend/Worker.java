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
 */
public record Worker(
    Registration registration,
    int activeCount,
    List<String> activeSessions,
    long registeredAtMs,
    long lastSeenMs,
    boolean silent) {

  public Worker {
    activeSessions = List.copyOf(activeSessions);
  }
}
