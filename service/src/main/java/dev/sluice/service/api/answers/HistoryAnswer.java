package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Figures of an org. Times are epoch ms; buckets without figures are missing. */
public record HistoryAnswer(String by, long from, long to, long bucketMs, List<Bucket> buckets) {

  public record Bucket(long start, List<Series> series) {}

  /**
   * @param rest true for all names that had no room; absent otherwise
   * @param waiting items at the last look; of projects only
   * @param oldestMs age of the oldest ready item then; of projects only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Series(
      String name,
      @Nullable Boolean rest,
      long claims,
      long completed,
      long failed,
      BigDecimal costUsd,
      @Nullable Long waiting,
      @Nullable Long oldestMs) {

    private static Series of(FigureSeries series, boolean gauges) {
      return new Series(
          series.name(),
          series.rest() ? true : null,
          series.claims(),
          series.completed(),
          series.failed(),
          BigDecimal.valueOf(series.costMicroUsd(), 6).stripTrailingZeros(),
          gauges ? series.waiting() : null,
          gauges ? series.oldestMs() : null);
    }
  }

  /**
   * @param visible to the caller; buckets with nothing visible are left out
   */
  public static HistoryAnswer of(
      FigureDimension by,
      long fromMs,
      long toMs,
      List<FigureBucket> buckets,
      Predicate<FigureSeries> visible) {
    boolean gauges = by == FigureDimension.PROJECT;
    return new HistoryAnswer(
        by.name().toLowerCase(Locale.ROOT),
        fromMs,
        toMs,
        Figures.BUCKET_MS,
        buckets.stream()
            .map(
                bucket ->
                    new Bucket(
                        bucket.startMs(),
                        bucket.series().stream()
                            .filter(visible)
                            .map(series -> Series.of(series, gauges))
                            .toList()))
            .filter(bucket -> !bucket.series().isEmpty())
            .toList());
  }
}
