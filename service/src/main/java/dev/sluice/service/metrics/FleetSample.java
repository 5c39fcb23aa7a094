package dev.sluice.service.metrics;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.Worker;
import dev.sluice.service.dispatch.WorkerSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Queues by org and project and workers by org and state, at one moment; incomplete if there are
 * more projects than a sample reads.
 */
record FleetSample(
    Map<ProjectName, ProjectQueue> queues,
    Map<String, Map<WorkerState, Integer>> workers,
    Set<String> closedOrgs,
    boolean complete) {

  /** Each page is one atomic step of the store. */
  private static final int PAGE = 100;

  private static final int MAX_READ = 10_000;

  /** A store that does not answer. */
  static final FleetSample NOTHING = new FleetSample(Map.of(), Map.of(), Set.of(), false);

  /** Workers are at most a second old. */
  static FleetSample of(QueueBackend backend, WorkerSnapshots snapshots, long nowMs) {
    Map<ProjectName, ProjectQueue> queues = new HashMap<>();
    Map<String, Map<WorkerState, Integer>> workers = new TreeMap<>();
    Set<String> closed = new HashSet<>();
    boolean complete = true;
    for (String org : backend.upkeep().orgs()) {
      complete &= addQueues(backend, org, queues);
      workers.put(org, count(snapshots.of(org), nowMs));
      backend.transfers().closure(org).ifPresent(closure -> closed.add(org));
    }
    return new FleetSample(queues, workers, closed, complete);
  }

  /** Slots more that would get work now. */
  long unmet(ProjectName name) {
    ProjectQueue queue = queues.get(name);
    return queue == null || closedOrgs.contains(name.org()) ? 0 : queue.unmet();
  }

  private static boolean addQueues(
      QueueBackend backend, String org, Map<ProjectName, ProjectQueue> queues) {
    @Nullable Cursor cursor = null;
    do {
      if (queues.size() >= MAX_READ) {
        return false;
      }
      Page<ProjectQueue> page = backend.queues().list(org, cursor, PAGE);
      page.items().forEach(queue -> queues.put(new ProjectName(org, queue.project()), queue));
      cursor = page.next();
    } while (cursor != null);
    return true;
  }

  private static Map<WorkerState, Integer> count(List<Worker> workers, long nowMs) {
    Map<WorkerState, Integer> counts = new HashMap<>();
    for (WorkerState state : WorkerState.values()) {
      counts.put(state, 0);
    }
    workers.forEach(worker -> counts.merge(WorkerState.of(worker, nowMs), 1, Integer::sum));
    return counts;
  }

  /** The projects with the most work. */
  List<ProjectName> shown() {
    List<ProjectName> names = new ArrayList<>(queues.keySet());
    names.removeIf(name -> name.project().equals(ProjectName.OTHER));
    names.sort(
        (a, b) -> {
          int bySize = Long.compare(size(b), size(a));
          return bySize != 0 ? bySize : a.toString().compareTo(b.toString());
        });
    return names.subList(0, Math.min(names.size(), ProjectName.MAX_SHOWN));
  }

  private long size(ProjectName name) {
    ProjectQueue queue = queues.get(name);
    if (queue == null) {
      return 0;
    }
    Counts counts = queue.counts();
    return counts.waiting() + counts.claimed() + counts.dead();
  }
}
