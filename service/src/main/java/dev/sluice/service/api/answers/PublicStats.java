package dev.sluice.service.api.answers;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.workers.Worker;
import dev.sluice.service.api.RawJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The fleet in figures, protocol 4.14. Workers and places are counted as they are kept; what is
 * said of ended sessions covers the latest of them, so that it costs the same however many there
 * were. A day is one of UTC, and all times it is told from are milliseconds.
 *
 * @param workersOnline workers within their lease
 * @param agentsWorking sessions that workers hold
 * @param queueDepth work that waits, for whatever reason
 * @param completedToday of those that ended today, the completed ones
 * @param availableCapacity free slots of workers that take work
 * @param totalCostToday what those that ended today have cost, dollars
 * @param totalCostAllTime what all those covered have cost, dollars
 * @param sessionCountToday those that ended today, and those that workers hold
 * @param todayIsComplete whether all that ended today are covered; if not, its figures say "at
 *     least"
 */
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

  /**
   * Of an org.
   *
   * @param ended the latest of its ended sessions, the latest first
   * @param more whether there are earlier ones
   */
  public static PublicStats of(
      List<Worker> workers, Counts counts, List<Session> ended, boolean more, Instant now) {
    long midnight =
        now.atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .toEpochMilli();
    List<Session> today = ended.stream().filter(each -> each.endedAtMs() >= midnight).toList();
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

  private static RawJson cost(List<Session> sessions) {
    return PublicAnswers.usd(sessions.stream().mapToLong(Session::costMicroUsd).sum());
  }
}
