package dev.sluice.fleet;

import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.FleetSearch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of an org's fleet.
 *
 * @param takenAtMs epoch ms
 * @param readMs duration
 * @param queues by name, at most {@link SnapshotSampler#MOST_QUEUES}
 * @param allQueues true if there are no more
 * @param claims may be older, see {@link ClaimScans}
 * @param unclaimed as far as somebody asked for it
 * @param stillReporting sessions whose workers still call after an unconfirmed stop
 * @param hosts of workers, by id; also of some that are gone
 * @param spend may be some seconds older
 * @param slow may be older
 * @param records of findings
 * @param closure null while the org is open for changes
 */
public record FleetSnapshot(
    String org,
    long takenAtMs,
    long readMs,
    Counts counts,
    List<ProjectQueue> queues,
    boolean allQueues,
    List<Worker> workers,
    FleetClaims claims,
    UnclaimedWork unclaimed,
    StoreHealth health,
    InboxCounts inbox,
    List<String> stillReporting,
    Map<String, String> hosts,
    Spend spend,
    SlowReads slow,
    List<dev.sluice.backend.findings.Finding> records,
    @Nullable Closure closure) {

  private static final long LATELY_MS = Duration.ofSeconds(30).toMillis();

  private static final long UNREAD_MS = Duration.ofMinutes(5).toMillis();

  public FleetSnapshot {
    queues = List.copyOf(queues);
    workers = List.copyOf(workers);
    records = List.copyOf(records);
  }

  /** Of what is in memory. */
  public FleetSearch search() {
    return new FleetSearch(
        claims.all(),
        claims.headlines(),
        unclaimed.search(),
        workers,
        hosts,
        queues.stream().map(ProjectQueue::project).toList());
  }

  /** Returns null for an unknown worker; knows some that are gone. */
  public @Nullable String host(String workerId) {
    return hosts.get(workerId);
  }

  /** Returns null for a session that is not claimed, or not known yet. */
  public @Nullable Headline headline(String sessionId) {
    return claims.headlines().get(sessionId);
  }

  /** Equal without a visible change. */
  Object essence() {
    // Time alone changes some states.
    return List.of(
        counts,
        queues,
        allQueues,
        workers,
        claims.essence(),
        unclaimed.essence(),
        health,
        inbox,
        stillReporting,
        spend,
        slow,
        records,
        closure == null ? "" : closure.id(),
        workers.stream().map(this::stateOf).toList());
  }

  public long in(WorkerStatus state) {
    return workers.stream().filter(worker -> stateOf(worker) == state).count();
  }

  public WorkerStatus stateOf(Worker worker) {
    return WorkerStatus.of(worker, takenAtMs);
  }

  public long polledLately() {
    return workers.stream().filter(each -> takenAtMs - each.lastPollMs() <= LATELY_MS).count();
  }

  public long slots() {
    return workers.stream()
        .filter(worker -> stateOf(worker).serves())
        .mapToLong(worker -> worker.registration().capacity())
        .sum();
  }

  public long busySlots() {
    return workers.stream()
        .filter(worker -> stateOf(worker).serves())
        .mapToLong(Worker::busySlots)
        .sum();
  }

  /** Epoch ms; 0 if none. */
  public long oldestQueuedAtMs() {
    return queues.stream()
        .mapToLong(ProjectQueue::oldestQueuedAtMs)
        .filter(oldest -> oldest != 0)
        .min()
        .orElse(0);
  }

  public long faring(SessionHealth health) {
    return claims.faring(health).count();
  }

  /** Age of the oldest unacknowledged urgent message, ms; 0 if none. */
  public long urgentUnreadMs() {
    return inbox.urgent() == 0 ? 0 : Math.max(0, takenAtMs - inbox.oldestUrgentMs());
  }

  public boolean urgentIsLate() {
    return urgentUnreadMs() > UNREAD_MS;
  }

  /** Workers of the project in any state but revoked. Ignores capabilities. */
  public List<Worker> takers(String project) {
    return workers.stream()
        .filter(worker -> !worker.revoked() && worker.registration().projects().takes(project))
        .toList();
  }
}
