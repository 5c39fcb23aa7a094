package dev.sluice.fleet;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.FleetClaims.Held;
import dev.sluice.fleet.QueueReader.Queued;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells how many slots a fleet needs. Claims are read after the queues, so that work claimed
 * meanwhile counts as running or waiting, or both, but is never left out. Of many claims, the last
 * scan counts.
 */
public final class Autoscaler {

  private final QueueBackend backend;
  private final Function<String, List<Worker>> workers;
  private final SnapshotSampler fleets;
  private final QueueReader queues;

  /**
   * @param workers all of an org
   */
  public Autoscaler(
      QueueBackend backend,
      Function<String, List<Worker>> workers,
      SnapshotSampler fleets,
      QueueReader queues) {
    this.backend = backend;
    this.workers = workers;
    this.fleets = fleets;
    this.queues = queues;
  }

  /**
   * @param projects null for all; named ones are listed without demand too
   */
  public Autoscale of(String org, @Nullable List<String> projects, WorkerPool pool) {
    Queued waiting = queues.read(org, projects);
    Map<String, Held> held = held(org, waiting, pool);
    List<Autoscale.Project> all = new ArrayList<>();
    for (ProjectQueue queue : waiting.queues()) {
      Autoscale.Project project =
          project(queue, waiting, pool, held.getOrDefault(queue.project(), nothing(queue)));
      if (projects != null || project.desired() > 0) {
        all.add(project);
      }
    }
    return new Autoscale(waiting.asOfMs(), all, waiting.complete());
  }

  private static Held nothing(ProjectQueue queue) {
    return new Held(queue.project(), "", 0, 0);
  }

  private static Autoscale.Project project(
      ProjectQueue queue, Queued waiting, WorkerPool pool, Held held) {
    long room = waiting.room(queue);
    List<WorkBucket> taken =
        waiting.buckets().getOrDefault(queue.project(), List.of()).stream()
            .filter(pool::takes)
            .toList();
    List<Autoscale.Group> groups =
        room == 0
            ? List.of()
            : taken.stream()
                .map(
                    bucket ->
                        new Autoscale.Group(
                            bucket.capabilities(),
                            bucket.repository(),
                            Math.min(bucket.waiting(), room)))
                .sorted(Comparator.comparing(Autoscale.Group::toString))
                .toList();
    if (pool.all()) {
      long starting = Math.min(held.starting(), queue.counts().claimed());
      return new Autoscale.Project(
          queue.project(),
          queue.counts().claimed() - starting,
          starting,
          waiting.closed() ? 0 : queue.unmet(),
          groups);
    }
    long waits = taken.stream().mapToLong(WorkBucket::waiting).sum();
    return new Autoscale.Project(
        queue.project(), held.running(), held.starting(), Math.min(waits, room), groups);
  }

  /** Returns the claims of the pool by project. */
  private Map<String, Held> held(String org, Queued waiting, WorkerPool pool) {
    if (waiting.queues().stream().allMatch(queue -> queue.counts().claimed() == 0)) {
      return Map.of();
    }
    List<Held> claims = claims(org);
    Set<String> owners = new HashSet<>();
    if (!pool.all()) {
      workers.apply(org).stream()
          .filter(pool::has)
          .forEach(worker -> owners.add(worker.registration().workerId()));
    }
    Map<String, Held> byProject = new HashMap<>();
    for (Held each : claims) {
      if (pool.all() || owners.contains(each.workerId())) {
        byProject.merge(each.project(), each, Held::and);
      }
    }
    return byProject;
  }

  private List<Held> claims(String org) {
    if (backend.work().counts(org).claimed() <= Page.MAX) {
      Page<Claim> page = backend.sessions().claims(org, null, null, Page.MAX);
      if (page.next() == null) {
        return Held.in(page.items());
      }
    }
    FleetSnapshot fleet = fleets.glance(org).fleet();
    if (fleet == null) {
      throw new BackendUnavailableException(
          "No snapshot of the fleet yet", false, new IllegalStateException());
    }
    return fleet.claims().held();
  }
}
