package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.Rules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the orgs on a member have stored, and what there is room for: a share of its heap, so that
 * it refuses work long before it runs out of memory, and starts again with what it took.
 */
final class MemoryBudget {

  private static final String CONTEXT = MemoryBudget.class.getName();

  /** Sweeps visit each org much more often; what they don't has gone to another member. */
  private static final long STALE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long room;
  private final Map<String, Stored> byOrg = new ConcurrentHashMap<>();

  private record Stored(long bytes, long nanos) {}

  private MemoryBudget(long room) {
    this.room = room;
  }

  /** The member's. */
  static MemoryBudget of(HazelcastInstance member) {
    return (MemoryBudget)
        member
            .getUserContext()
            .computeIfAbsent(
                CONTEXT, name -> new MemoryBudget(Runtime.getRuntime().maxMemory() / 3));
  }

  /** For how much there is room. */
  long room() {
    return room;
  }

  /** Notes what an org has stored. */
  void note(String org, long bytes) {
    byOrg.put(org, new Stored(bytes, System.nanoTime()));
  }

  /** The bounds of an org, or what the others on this member leave of its room. */
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
