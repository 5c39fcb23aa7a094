package dev.sluice.admin.fleet;

import dev.sluice.backend.StoreHealth;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.List;

/**
 * An org's fleet as of a moment ago. Of queues it holds a bounded first part, and says so.
 *
 * @param org whose
 * @param takenAtMs when, epoch ms
 * @param readMs how long the store took to answer all of it
 * @param counts sessions by place
 * @param queues the first queues by name, at most {@link FleetSampler#MOST_QUEUES}
 * @param allQueues whether there are no more
 * @param workers all workers
 * @param claims how the claimed sessions fare; counted anew less often where they are many
 * @param health the store's
 * @param inbox messages that nobody acknowledged
 * @param stillReporting sessions whose workers still call about them after an unconfirmed stop
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
    StoreHealth health,
    InboxCounts inbox,
    List<String> stillReporting) {

  private static final long LATELY_MS = Duration.ofSeconds(30).toMillis();

  /** How long an urgent message may be unread. */
  private static final long UNREAD_MS = Duration.ofMinutes(5).toMillis();

  public FleetSnapshot {
    queues = List.copyOf(queues);
    workers = List.copyOf(workers);
  }

  /** Equal for two looks between which nothing changed but the time of the look. */
  Object essence() {
    // Time alone changes some states.
    return List.of(
        counts,
        queues,
        allQueues,
        workers,
        claims.essence(),
        health,
        inbox,
        stillReporting,
        workers.stream().map(this::stateOf).toList());
  }

  /** Workers in a state. */
  public long in(WorkerStatus state) {
    return workers.stream().filter(worker -> stateOf(worker) == state).count();
  }

  /** The state of one of its workers. */
  public WorkerStatus stateOf(Worker worker) {
    return WorkerStatus.of(worker, takenAtMs);
  }

  /** Workers that polled within the last half minute, so that work would reach them. */
  public long polledLately() {
    return workers.stream().filter(each -> takenAtMs - each.lastPollMs() <= LATELY_MS).count();
  }

  /** Slots of workers that serve. */
  public long slots() {
    return workers.stream()
        .filter(worker -> stateOf(worker).serves())
        .mapToLong(worker -> worker.registration().capacity())
        .sum();
  }

  /** Taken slots of workers that serve. */
  public long busySlots() {
    return workers.stream()
        .filter(worker -> stateOf(worker).serves())
        .mapToLong(worker -> worker.activeSessions().size())
        .sum();
  }

  /** The smallest enqueue time of work in order, in the queues it holds; 0 for none. */
  public long oldestQueuedAtMs() {
    return queues.stream()
        .mapToLong(ProjectQueue::oldestQueuedAtMs)
        .filter(oldest -> oldest != 0)
        .min()
        .orElse(0);
  }

  /** Claimed sessions that fare so. */
  public long faring(SessionHealth health) {
    return claims.faring(health).count();
  }

  /** How long the oldest urgent message has been unread, in ms; 0 if there is none. */
  public long urgentUnreadMs() {
    return inbox.urgent() == 0 ? 0 : Math.max(0, takenAtMs - inbox.oldestUrgentMs());
  }

  /** Whether an urgent message has been unread for longer than it should be. */
  public boolean urgentIsLate() {
    return urgentUnreadMs() > UNREAD_MS;
  }

  /** The workers that take a project's work, whatever else it requires; revoked ones don't. */
  public List<Worker> takers(String project) {
    return workers.stream()
        .filter(worker -> !worker.revoked() && worker.registration().takes(project))
        .toList();
  }
}
