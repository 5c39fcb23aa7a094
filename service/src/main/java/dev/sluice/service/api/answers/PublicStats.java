package dev.sluice.service.api.answers;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.workers.Worker;
import dev.sluice.service.api.RawJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Figures of the fleet: docs/protocol.md, "Figures and sessions". */
public record PublicStats(
    int workersOnline,
    long agentsWorking,
    long queueDepth,
    int completedToday,
    long availableCapacity,
    RawJson totalCostToday,
    RawJson totalCostAllTime,
    long sessionCountToday,
    boolean todayIsComplete,
    String timestamp) {

  /** {@code ended} has the latest first. */
  public static PublicStats of(
      List<Worker> workers, Counts counts, List<Session> ended, boolean more, Instant now) {
    List<Session> today = today(ended, now);
    return new PublicStats(
        (int) workers.stream().filter(each -> !each.silent() && !each.revoked()).count(),
        counts.claimed(),
        counts.waiting(),
        (int) today.stream().filter(each -> each.state() == SessionState.COMPLETED).count(),
        WorkerAnswers.Summary.of(workers, counts.waiting(), now).availableCapacity(),
        cost(today),
        cost(ended),
        today.size() + counts.claimed(),
        !more || today.size() < ended.size(),
        PublicAnswers.iso(now));
  }

  public static List<Session> today(List<Session> ended, Instant now) {
    long midnight =
        now.atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .toEpochMilli();
    return ended.stream().filter(each -> each.endedAtMs() >= midnight).toList();
  }

  private static RawJson cost(List<Session> sessions) {
    return PublicAnswers.usd(sessions.stream().mapToLong(Session::costMicroUsd).sum());
  }
}
