package dev.sluice.backend.engine.records;

import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.stream.Stream;

/**
 * The report of a worker about the sessions that it runs.
 *
 * @param quarantined sessions that take slots without a claim
 * @param shortMs time of the last heartbeat if that counted or listed fewer sessions than the
 *     worker has claims, epoch ms; else 0
 * @param shortAccepted accepted claims at that time; {@link #LISTED} if it listed its sessions
 * @param predecessors the latest workers of its machine before it, the latest first
 * @param unlisted claims that its last list left out, sorted by bytes
 * @param notHeld those that the list before that left out too
 * @param unknownHeld see {@link dev.sluice.backend.workers.Worker}
 */
public record Holdings(
    int quarantined,
    long shortMs,
    int shortAccepted,
    List<String> predecessors,
    List<String> unlisted,
    List<String> notHeld,
    List<String> unknownHeld) {

  public static final int LISTED = -1;

  public static final Holdings NONE =
      new Holdings(0, 0, 0, List.of(), List.of(), List.of(), List.of());

  public Holdings quarantined(int count) {
    return new Holdings(
        count, shortMs, shortAccepted, predecessors, unlisted, notHeld, unknownHeld);
  }

  public Holdings shortAt(long timeMs, int accepted) {
    return new Holdings(
        quarantined, timeMs, accepted, predecessors, unlisted, notHeld, unknownHeld);
  }

  public Holdings replacedBy(String worker) {
    return new Holdings(
        0,
        0,
        0,
        Stream.concat(Stream.of(worker), predecessors.stream())
            .distinct()
            .limit(Worker.MAX_PREDECESSORS)
            .toList(),
        List.of(),
        List.of(),
        List.of());
  }

  public Holdings listed(List<String> without, List<String> again, List<String> unknown) {
    return new Holdings(quarantined, shortMs, shortAccepted, predecessors, without, again, unknown);
  }
}
