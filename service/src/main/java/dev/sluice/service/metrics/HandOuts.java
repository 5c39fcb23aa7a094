package dev.sluice.service.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Hand-outs by project, for a bounded number of projects; the others are summed. Series of removed
 * projects end.
 */
final class HandOuts {

  /** Work between two scrapes is seen. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private final Counter counter;
  private final LongSupplier nanoTime;
  private final Map<ProjectName, Series> series = new ConcurrentHashMap<>();

  HandOuts(Counter counter, LongSupplier nanoTime) {
    this.counter = counter;
    this.nanoTime = nanoTime;
  }

  void count(String org, String project) {
    ProjectName name = new ProjectName(org, project);
    Series found = series.get(name);
    if (found == null) {
      ProjectName shown = series.size() < ProjectName.MAX_SHOWN ? name : name.other();
      found = series.computeIfAbsent(shown, this::begin);
    }
    found.lastUsed = nanoTime.getAsLong();
    found.count.inc();
  }

  void keep(Set<ProjectName> present) {
    long now = nanoTime.getAsLong();
    series.forEach(
        (name, each) -> {
          boolean idle = now - each.lastUsed > KEPT.toNanos();
          if (idle && !present.contains(name) && series.remove(name, each)) {
            counter.remove(name.org(), name.project());
          }
        });
  }

  private Series begin(ProjectName name) {
    return new Series(counter.labelValues(name.org(), name.project()));
  }

  private static final class Series {
    private final CounterDataPoint count;
    private volatile long lastUsed;

    Series(CounterDataPoint count) {
      this.count = count;
    }
  }
}
