package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.DeadCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@link SlowReads} each 10 s, and remembers what workers held. */
final class SlowReader {

  private static final long EVERY_NS = Duration.ofSeconds(10).toNanos();
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final int DEAD_LOOKED_AT = 200;
  private static final int MOST_ORGS = 1_000;

  private final QueueBackend backend;
  private final Ticker ticker;
  private final Cache<String, Memory> memories =
      Caffeine.newBuilder().maximumSize(MOST_ORGS).build();

  SlowReader(QueueBackend backend, Ticker ticker) {
    this.backend = backend;
    this.ticker = ticker;
  }

  private static final class Memory {
    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, Integer> lost = new HashMap<>();
    private @Nullable SlowReads latest;
    private long readAt;
  }

  /** One caller an org at a time. */
  SlowReads of(String org, List<ProjectQueue> queues, List<Worker> workers, long dead, long now) {
    Memory memory = memories.get(org, name -> new Memory());
    watch(memory, workers, now);
    long at = ticker.read();
    SlowReads before = memory.latest;
    if (before == null || at - memory.readAt >= EVERY_NS) {
      memory.readAt = at;
      before = new SlowReads(buckets(org, queues), failing(org, dead, now), Map.of());
    }
    SlowReads latest = new SlowReads(before.buckets(), before.failing(), memory.lost);
    memory.latest = latest;
    return latest;
  }

  /** The claims of an offline worker have returned, so they are remembered from before. */
  private static void watch(Memory memory, List<Worker> workers, long now) {
    Map<String, Integer> heldBefore = Map.copyOf(memory.held);
    Map<String, Integer> lostBefore = Map.copyOf(memory.lost);
    memory.held.clear();
    memory.lost.clear();
    for (Worker worker : workers) {
      String id = worker.registration().workerId();
      if (WorkerStatus.of(worker, now) != WorkerStatus.SILENT) {
        memory.held.put(id, worker.activeSessions().size());
        continue;
      }
      int lost = Math.max(heldBefore.getOrDefault(id, 0), lostBefore.getOrDefault(id, 0));
      if (lost > 0) {
        memory.lost.put(id, lost);
      }
    }
  }

  private List<WorkBucket> buckets(String org, List<ProjectQueue> queues) {
    List<String> names =
        queues.stream()
            .filter(queue -> queue.counts().ready() + queue.counts().returned() > 0)
            .map(ProjectQueue::project)
            .toList();
    List<WorkBucket> buckets = new ArrayList<>();
    for (int from = 0; from < names.size(); from += Queues.MAX_NAMED) {
      List<String> some = names.subList(from, Math.min(names.size(), from + Queues.MAX_NAMED));
      buckets.addAll(backend.queues().buckets(org, some));
    }
    return buckets;
  }

  private List<SlowReads.Cause> failing(String org, long dead, long now) {
    if (dead == 0) {
      return List.of();
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Session session :
        backend.sessions().rows(org, null, Place.DEAD, null, DEAD_LOOKED_AT).items()) {
      DeadCause cause = DeadCause.of(session);
      if (session.endedAtMs() > now - HOUR_MS && !cause.error().equals(DeadCause.NO_ERROR)) {
        counts.merge(cause.error(), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .map(each -> new SlowReads.Cause(each.getKey(), each.getValue()))
        .toList();
  }
}
