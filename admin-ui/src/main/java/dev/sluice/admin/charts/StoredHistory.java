package dev.sluice.admin.charts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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
   * Returns a curve of a stored range. A step without a bucket is a gap.
   *
   * @param project null for the fleet
   */
  TimeSeries curve(
      String org, @Nullable String project, TimeRange span, List<Metric> measures, long nowMs) {
    NavigableMap<Long, FigureSeries> sums = new TreeMap<>();
    for (FigureBucket bucket : read(org, FigureDimension.PROJECT, span, nowMs)) {
      FigureSeries more = project == null ? bucket.total() : of(bucket, project, false);
      // The last look of a step counts.
      sums.merge(bucket.startMs() / span.stepMs(), more, (sum, next) -> sum.gauged(0, 0).and(next));
    }
    NavigableMap<Long, float[]> rows = new TreeMap<>();
    sums.forEach((step, sum) -> rows.put(step, row(sum, measures)));
    return curve(span, nowMs, measures.size(), rows);
  }

  /** Returns the most frequent causes of failures with their sums, at most this number. */
  List<FigureSeries> causes(String org, TimeRange span, long nowMs, int most) {
    return sums(read(org, FigureDimension.CAUSE, span, nowMs)).stream()
        .sorted(Comparator.comparingLong(cause -> -cause.failed()))
        .limit(most)
        .toList();
  }

  /** Returns a curve of failures with a line for each of the causes. */
  TimeSeries curve(String org, List<FigureSeries> causes, TimeRange span, long nowMs) {
    NavigableMap<Long, float[]> rows = new TreeMap<>();
    for (FigureBucket up : read(org, FigureDimension.PROJECT, span, nowMs)) {
      rows.putIfAbsent(up.startMs() / span.stepMs(), new float[causes.size()]);
    }
    for (FigureBucket bucket : read(org, FigureDimension.CAUSE, span, nowMs)) {
      float[] row =
          rows.computeIfAbsent(bucket.startMs() / span.stepMs(), step -> new float[causes.size()]);
      for (int i = 0; i < row.length; i++) {
        row[i] += of(bucket, causes.get(i).name(), causes.get(i).rest()).failed();
      }
    }
    return curve(span, nowMs, causes.size(), rows);
  }

  private static TimeSeries curve(
      TimeRange span, long nowMs, int lines, NavigableMap<Long, float[]> rows) {
    TimeSeriesBuilder curve = new TimeSeriesBuilder(span, nowMs, lines);
    long last = nowMs / span.stepMs();
    rows.subMap(last - span.points() + 1, true, last, true).forEach(curve::add);
    return curve.build();
  }

  /** Returns the sum of each series over all buckets. */
  public static Collection<FigureSeries> sums(List<FigureBucket> buckets) {
    Map<FigureSeries, FigureSeries> sums = new TreeMap<>(FigureSeries.ORDER);
    buckets.forEach(
        bucket -> bucket.series().forEach(series -> sums.merge(series, series, FigureSeries::and)));
    return sums.values();
  }

  private static FigureSeries of(FigureBucket bucket, String name, boolean rest) {
    return bucket.series().stream()
        .filter(series -> series.rest() == rest && series.name().equals(name))
        .findFirst()
        .orElse(FigureSeries.of(name, rest));
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
