package dev.sluice.admin.charts;

import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.NodeTotals;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class OrgHistory {

  private final Map<TimeRange, Ring> rings =
      Stream.of(TimeRange.values())
          .filter(span -> !span.stored())
          .collect(Collectors.toUnmodifiableMap(span -> span, Ring::new));
  private final RecentTotals lately = new RecentTotals();

  /** Least recently shown first. */
  private final Set<String> followed = new LinkedHashSet<>();

  /** Queues shown but not yet remembered. */
  private final Set<String> wanted = new LinkedHashSet<>();

  synchronized void add(FleetSnapshot fleet, NodeTotals.Totals totals) {
    long atMs = fleet.takenAtMs();
    lately.add(atMs, totals);
    follow(fleet.queues());
    for (Ring ring : rings.values()) {
      ring.begin(atMs);
      addFleet(ring, fleet);
      addQueues(ring, fleet);
      addPassed(ring, atMs, lately.passed());
    }
  }

  private static void addFleet(Ring ring, FleetSnapshot fleet) {
    long atMs = fleet.takenAtMs();
    ring.put(atMs, Metric.WAITING, fleet.counts().waiting());
    ring.put(atMs, Metric.OLDEST, age(fleet.oldestQueuedAtMs(), atMs));
    ring.put(atMs, Metric.CLAIMED, fleet.counts().claimed());
    ring.put(atMs, Metric.BUSY, fleet.busySlots());
    ring.put(atMs, Metric.SLOTS, fleet.slots());
  }

  private void addQueues(Ring ring, FleetSnapshot fleet) {
    long atMs = fleet.takenAtMs();
    if (fleet.allQueues()) {
      // A queue that isn't among all of them has nothing in it.
      followed.forEach(project -> addQueue(ring, atMs, project, 0, 0));
    }
    for (ProjectQueue queue : fleet.queues()) {
      long inOrder = queue.counts().ready() + queue.counts().returned();
      addQueue(ring, atMs, queue.project(), inOrder, age(queue.oldestQueuedAtMs(), atMs));
    }
  }

  private static void addQueue(Ring ring, long atMs, String project, long waiting, long oldest) {
    ring.put(atMs, project, Metric.WAITING, waiting);
    ring.put(atMs, project, Metric.OLDEST, oldest);
  }

  private static void addPassed(Ring ring, long atMs, RecentTotals.@Nullable Passed passed) {
    if (passed == null) {
      return;
    }
    NodeTotals.Totals counts = passed.counts();
    ring.put(atMs, Metric.ENQUEUED, passed.aSecond(counts.enqueued()));
    ring.put(atMs, Metric.HANDED_OUT, passed.aSecond(counts.claimed()));
    ring.put(atMs, Metric.COMPLETED, passed.aSecond(counts.completed()));
    ring.put(atMs, Metric.WAITED_HALF, counts.waits().percentile(0.5));
    ring.put(atMs, Metric.WAITED_MOST, counts.waits().percentile(0.95));
  }

  private static long age(long sinceMs, long atMs) {
    return sinceMs == 0 ? 0 : Math.max(0, atMs - sinceMs);
  }

  private void follow(List<ProjectQueue> queues) {
    if (!wanted.isEmpty()) {
      queues.stream().map(ProjectQueue::project).filter(wanted::contains).forEach(this::follow);
      wanted.clear();
    }
    int room = FleetHistory.MOST_QUEUES - followed.size();
    if (room > 0) {
      queues.stream()
          .filter(queue -> !followed.contains(queue.project()))
          .sorted(Comparator.comparingLong(queue -> -queue.counts().waiting()))
          .limit(room)
          .map(ProjectQueue::project)
          .forEach(this::follow);
    }
  }

  private void follow(String project) {
    if (followed.size() >= FleetHistory.MOST_QUEUES) {
      String first = followed.iterator().next();
      followed.remove(first);
      rings.values().forEach(ring -> ring.forget(first));
    }
    followed.add(project);
    rings.values().forEach(ring -> ring.follow(project));
  }

  synchronized TimeSeries curve(
      @Nullable String project, TimeRange span, List<Metric> measures, long nowMs) {
    if (project != null) {
      look(project);
    }
    return ring(span).read(project, measures, nowMs);
  }

  private Ring ring(TimeRange span) {
    return Objects.requireNonNull(rings.get(span));
  }

  private void look(String project) {
    if (followed.remove(project)) {
      followed.add(project);
    } else if (wanted.size() < FleetHistory.MOST_QUEUES) {
      wanted.add(project);
    }
  }
}
