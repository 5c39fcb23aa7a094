package dev.sluice.service.metrics;

import dev.sluice.fleet.NodeTotals;
import dev.sluice.fleet.WaitHistogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Throughput of this node by org, for a bounded number of orgs, 1 KB each. Prometheus has only
 * hand-outs by org and wide buckets.
 */
final class Throughput implements NodeTotals {

  /** Later orgs are not counted until the node restarts. */
  static final int MOST_ORGS = 1_000;

  private final Map<String, Counts> orgs = new ConcurrentHashMap<>();

  private static final class Counts {
    final AtomicLong enqueued = new AtomicLong();
    final AtomicLong claimed = new AtomicLong();
    final AtomicLong completed = new AtomicLong();
    final AtomicLongArray waits = new AtomicLongArray(WaitHistogram.BUCKETS);
  }

  void enqueued(String org, long items) {
    Counts counts = counts(org);
    if (counts != null) {
      counts.enqueued.addAndGet(items);
    }
  }

  /** Negative if clocks differ. */
  void handedOut(String org, long waitedMs) {
    Counts counts = counts(org);
    if (counts != null) {
      counts.claimed.incrementAndGet();
      counts.waits.incrementAndGet(WaitHistogram.bucket(waitedMs));
    }
  }

  void completed(String org) {
    Counts counts = counts(org);
    if (counts != null) {
      counts.completed.incrementAndGet();
    }
  }

  private @Nullable Counts counts(String org) {
    Counts known = orgs.get(org);
    return known != null || orgs.size() >= MOST_ORGS
        ? known
        : orgs.computeIfAbsent(org, key -> new Counts());
  }

  @Override
  public Totals totals(String org) {
    Counts counts = orgs.get(org);
    if (counts == null) {
      return Totals.NONE;
    }
    long[] waits = new long[WaitHistogram.BUCKETS];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = counts.waits.get(i);
    }
    return new Totals(
        counts.enqueued.get(),
        counts.claimed.get(),
        counts.completed.get(),
        new WaitHistogram(waits));
  }
}
