package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.Rules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The bytes stored by orgs on a member, and their limit: a share of the heap, so that work is
 * refused long before memory runs out and a restart can load everything.
 */
final class MemoryBudget {

  /** Sweeps visit each org more often; one they stopped visiting moved to another member. */
  private static final long STALE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long room;
  private final Map<String, Stored> byOrg = new ConcurrentHashMap<>();

  private record Stored(long bytes, long nanos) {}

  private MemoryBudget(long room) {
    this.room = room;
  }

  static MemoryBudget of(HazelcastInstance member) {
    return HazelcastMember.shared(
        member, MemoryBudget.class, () -> new MemoryBudget(Runtime.getRuntime().maxMemory() / 3));
  }

  long room() {
    return room;
  }

  void note(String org, long bytes) {
    byOrg.put(org, new Stored(bytes, System.nanoTime()));
  }

  /** Reduces an org's bounds to what the others on this member leave. */
  Rules.Bounds bounds(String org, Rules.Bounds bounds) {
    long left = room;
    if (byOrg.size() > 1) {
      long now = System.nanoTime();
      for (Map.Entry<String, Stored> each : byOrg.entrySet()) {
        boolean counts = now - each.getValue().nanos() < STALE_NANOS;
        left -= counts && !each.getKey().equals(org) ? each.getValue().bytes() : 0;
      }
    }
    return left < bounds.maxAllBytes() ? bounds.withMaxBytes(Math.max(1, left)) : bounds;
  }
}
