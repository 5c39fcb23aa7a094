package dev.sluice.admin.charts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of the store, read at most every 15 s by a node. Thread-safe. */
public final class StoredHistory {

  private static final Duration MAX_AGE = Duration.ofSeconds(15);
  private static final int MOST = 60;

  private final Figures figures;
  private final Cache<Key, List<FigureBucket>> cache;

  private record Key(String org, FigureDimension by, TimeRange span) {}

  public StoredHistory(Figures figures, Ticker ticker) {
    this.figures = figures;
    cache =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MAX_AGE).ticker(ticker).build();
  }

  /** Returns the buckets that end in the range before now. */
  public List<FigureBucket> read(String org, FigureDimension by, TimeRange span, long nowMs) {
    long fromMs = nowMs - span.lengthMs();
    return cache.get(
        new Key(org, by, span), key -> figures.read(org, by, Math.max(0, fromMs), nowMs + 1));
  }

  /**
   * Returns a curve of a stored range. Before the first figures it has gaps.
   *
   * @param project null for the fleet
   */
  TimeSeries curve(
      String org, @Nullable String project, TimeRange span, List<Metric> measures, long nowMs) {
    List<FigureBucket> buckets = read(org, FigureDimension.PROJECT, span, nowMs);
    TimeSeriesBuilder curve = new TimeSeriesBuilder(span, nowMs, measures.size());
    if (buckets.isEmpty()) {
      return curve.build();
    }
    long last = nowMs / span.stepMs();
    long first = Math.max(last - span.points() + 1, buckets.get(0).startMs() / span.stepMs());
    int next = 0;
    for (long step = first; step <= last; step++) {
      FigureSeries sum = FigureSeries.of("", false);
      while (next < buckets.size() && buckets.get(next).startMs() / span.stepMs() <= step) {
        FigureBucket bucket = buckets.get(next++);
        if (bucket.startMs() / span.stepMs() == step) {
          FigureSeries more = project == null ? bucket.total() : of(bucket, project);
          sum = sum.gauged(0, 0).and(more); // the last look of a step counts
        }
      }
      curve.add(step, row(sum, measures));
    }
    return curve.build();
  }

  private static FigureSeries of(FigureBucket bucket, String project) {
    return bucket.series().stream()
        .filter(series -> !series.rest() && series.name().equals(project))
        .findFirst()
        .orElse(FigureSeries.of(project, false));
  }

  private static float[] row(FigureSeries sum, List<Metric> measures) {
    float[] row = new float[measures.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] =
          (float)
              switch (measures.get(i)) {
                case WAITING -> sum.waiting();
                case OLDEST -> sum.oldestMs();
                case HANDED_OUT -> sum.claims();
                case COMPLETED -> sum.completed();
                case FAILED -> sum.failed();
                case COST -> Math.max(0, sum.costMicroUsd());
                default -> throw new IllegalArgumentException("not stored: " + measures.get(i));
              };
    }
    return row;
  }
}
