package dev.sluice.admin.fleet;

import dev.sluice.admin.Rates;
import dev.sluice.backend.queues.ProjectQueue;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a node remembers of one org. */
final class OrgHistory {

  private final Map<Span, Ring> rings =
      Stream.of(Span.values()).collect(Collectors.toUnmodifiableMap(span -> span, Ring::new));
  private final Lately lately = new Lately();

  /** Queues that are remembered, the least recently looked at first. */
  private final Set<String> followed = new LinkedHashSet<>();

  /** Queues that were looked at and aren't remembered yet. */
  private final Set<String> wanted = new LinkedHashSet<>();

  /** Remembers what was seen at a moment. */
  synchronized void add(FleetSnapshot fleet, Rates.Totals totals) {
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
    ring.put(atMs, Measure.WAITING, fleet.counts().waiting());
    ring.put(atMs, Measure.OLDEST, age(fleet.oldestQueuedAtMs(), atMs));
    ring.put(atMs, Measure.CLAIMED, fleet.counts().claimed());
    ring.put(atMs, Measure.BUSY, fleet.busySlots());
    ring.put(atMs, Measure.SLOTS, fleet.slots());
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
    ring.put(atMs, project, Measure.WAITING, waiting);
    ring.put(atMs, project, Measure.OLDEST, oldest);
  }

  private static void addPassed(Ring ring, long atMs, Lately.@Nullable Passed passed) {
    if (passed == null) {
      return;
    }
    Rates.Totals counts = passed.counts();
    ring.put(atMs, Measure.ENQUEUED, passed.aSecond(counts.enqueued()));
    ring.put(atMs, Measure.HANDED_OUT, passed.aSecond(counts.claimed()));
    ring.put(atMs, Measure.COMPLETED, passed.aSecond(counts.completed()));
    ring.put(atMs, Measure.WAITED_HALF, counts.waits().percentile(0.5));
    ring.put(atMs, Measure.WAITED_MOST, counts.waits().percentile(0.95));
  }

  /** A producer may give a time to come. */
  private static long age(long sinceMs, long atMs) {
    return sinceMs == 0 ? 0 : Math.max(0, atMs - sinceMs);
  }

  /** Those that somebody looked at, then as many as there is room for, with most work first. */
  private void follow(List<ProjectQueue> queues) {
    if (!wanted.isEmpty()) {
      queues.stream().map(ProjectQueue::project).filter(wanted::contains).forEach(this::follow);
      wanted.clear();
    }
    int room = History.MOST_QUEUES - followed.size();
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
    if (followed.size() >= History.MOST_QUEUES) {
      String first = followed.iterator().next();
      followed.remove(first);
      rings.values().forEach(ring -> ring.forget(first));
    }
    followed.add(project);
    rings.values().forEach(ring -> ring.follow(project));
  }

  /** See {@link History#curve}. */
  synchronized Curve curve(
      @Nullable String project, Span span, List<Measure> measures, long nowMs) {
    if (project != null) {
      look(project);
    }
    return ring(span).read(project, measures, nowMs);
  }

  private Ring ring(Span span) {
    return Objects.requireNonNull(rings.get(span));
  }

  private void look(String project) {
    if (followed.remove(project)) {
      followed.add(project);
    } else if (wanted.size() < History.MOST_QUEUES) {
      wanted.add(project);
    }
  }
}
