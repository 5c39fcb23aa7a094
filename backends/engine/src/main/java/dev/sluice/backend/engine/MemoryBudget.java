package dev.sluice.backend.engine;

import dev.sluice.backend.Rules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that orgs store in this process, and their limit: a share of the heap, so that work is
 * refused long before memory runs out and a restart can load everything.
 */
public final class MemoryBudget {

  /** Sweeps visit each org more often; one they stopped visiting moved to another member. */
  private static final long STALE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long room;
  private final LongSupplier nanoTime;
  private final Map<String, Stored> byOrg = new ConcurrentHashMap<>();
  private final AtomicLong all = new AtomicLong();
  private final AtomicLong lookedAt;

  private record Stored(long bytes, long nanos) {}

  MemoryBudget(long room, LongSupplier nanoTime) {
    this.room = room;
    this.nanoTime = nanoTime;
    lookedAt = new AtomicLong(nanoTime.getAsLong());
  }

  public static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 3, System::nanoTime);
  }

  public long room() {
    return room;
  }

  public void note(String org, long bytes) {
    Stored before = byOrg.put(org, new Stored(bytes, nanoTime.getAsLong()));
    all.addAndGet(bytes - bytes(before));
  }

  /** Reduces an org's bounds to what the others in this process leave. */
  public Rules.Bounds bounds(String org, Rules.Bounds bounds) {
    forgetStale();
    long left = room - (all.get() - bytes(byOrg.get(org)));
    return left < bounds.maxAllBytes() ? bounds.withMaxBytes(Math.max(1, left)) : bounds;
  }

  /** Looks once a second: each write asks for bounds, and there may be many orgs. */
  private void forgetStale() {
    long now = nanoTime.getAsLong();
    long last = lookedAt.get();
    if (now - last < LOOK_NANOS || !lookedAt.compareAndSet(last, now)) {
      return;
    }
    byOrg.forEach(
        (org, stored) -> {
          if (now - stored.nanos() >= STALE_NANOS && byOrg.remove(org, stored)) {
            all.addAndGet(-stored.bytes());
          }
        });
  }

  private static long bytes(@Nullable Stored stored) {
    return stored == null ? 0 : stored.bytes();
  }
}
