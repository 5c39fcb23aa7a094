package dev.sluice.fleet;

import dev.sluice.backend.queues.WorkBucket;
import java.util.List;
import java.util.Map;

/**
 * Figures that are read less often than the rest of a snapshot.
 *
 * @param buckets of projects that hand out work
 * @param failing causes of dead letters within an hour
 * @param lost sessions that workers held when they went offline, by worker
 */
record SlowReads(List<WorkBucket> buckets, List<Cause> failing, Map<String, Integer> lost) {

  static final SlowReads NONE = new SlowReads(List.of(), List.of(), Map.of());

  SlowReads {
    buckets = List.copyOf(buckets);
    failing = List.copyOf(failing);
    lost = Map.copyOf(lost);
  }

  record Cause(String name, long count) {}
}
