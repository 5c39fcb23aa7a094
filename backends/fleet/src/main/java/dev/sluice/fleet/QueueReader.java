package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.store.QueueBackend;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads queues with the buckets of open ones: named queues at the call, those of a whole org at
 * most once a second. Thread-safe.
 */
public final class QueueReader {

  private static final Duration MAX_AGE = Duration.ofSeconds(1);
  private static final int MOST_ORGS = 1_000;
  private static final int MOST_PROJECTS = 10_000;

  private final QueueBackend backend;
  private final Clock clock;
  private final LoadingCache<String, Queued> whole;

  public QueueReader(QueueBackend backend, Clock clock, Ticker ticker) {
    this.backend = backend;
    this.clock = clock;
    this.whole =
        Caffeine.newBuilder()
            .maximumSize(MOST_ORGS)
            .expireAfterWrite(MAX_AGE)
            .ticker(ticker)
            .build(this::all);
  }

  /**
   * @param closed true while the org is closed for a move
   * @param buckets of queues that hand out work, by project
   * @param complete false if there are more projects than are read
   */
  record Queued(
      long asOfMs,
      boolean closed,
      List<ProjectQueue> queues,
      Map<String, List<WorkBucket>> buckets,
      boolean complete) {

    long room(ProjectQueue queue) {
      return closed ? 0 : queue.room();
    }
  }

  /**
   * @param projects null for all; named ones are listed even if nothing is in them
   */
  Queued read(String org, @Nullable List<String> projects) {
    return projects == null ? whole.get(org) : named(org, projects);
  }

  private Queued named(String org, List<String> projects) {
    long now = clock.millis();
    List<ProjectQueue> queues =
        projects.stream().map(project -> backend.queues().find(org, project)).toList();
    Map<String, List<WorkBucket>> buckets = new HashMap<>();
    for (int from = 0; from < queues.size(); from += Queues.MAX_NAMED) {
      addBuckets(
          org, queues.subList(from, Math.min(queues.size(), from + Queues.MAX_NAMED)), buckets);
    }
    return new Queued(now, closed(org), queues, buckets, true);
  }

  private Queued all(String org) {
    long now = clock.millis();
    List<ProjectQueue> queues = new ArrayList<>();
    Map<String, List<WorkBucket>> buckets = new HashMap<>();
    @Nullable Cursor cursor = null;
    do {
      Page<ProjectQueue> page = backend.queues().list(org, cursor, Queues.MAX_NAMED);
      queues.addAll(page.items());
      addBuckets(org, page.items(), buckets);
      cursor = page.next();
    } while (cursor != null && queues.size() < MOST_PROJECTS);
    return new Queued(now, closed(org), queues, buckets, cursor == null);
  }

  private boolean closed(String org) {
    return backend.transfers().closure(org).isPresent();
  }

  private void addBuckets(
      String org, List<ProjectQueue> queues, Map<String, List<WorkBucket>> buckets) {
    List<String> names =
        queues.stream().filter(queue -> queue.unmet() > 0).map(ProjectQueue::project).toList();
    if (!names.isEmpty()) {
      for (WorkBucket bucket : backend.queues().buckets(org, names)) {
        buckets.computeIfAbsent(bucket.project(), name -> new ArrayList<>()).add(bucket);
      }
    }
  }
}
