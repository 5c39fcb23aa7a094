package dev.sluice.backend.figures;

import java.util.Collection;
import java.util.List;

/**
 * The figures of five minutes.
 *
 * @param startMs epoch ms, a multiple of {@link Figures#BUCKET_MS}
 * @param series by the bytes of their names, the rest last
 */
public record FigureBucket(long startMs, List<FigureSeries> series) {

  public FigureBucket {
    series = List.copyOf(series);
  }

  /** Leaves out series without figures, and sorts the others. */
  public static FigureBucket of(long startMs, Collection<FigureSeries> series) {
    return new FigureBucket(
        startMs,
        series.stream().filter(FigureSeries::anything).sorted(FigureSeries.ORDER).toList());
  }

  /** Returns the sum of all series. */
  public FigureSeries total() {
    return series.stream().reduce(FigureSeries.of("", false), FigureSeries::and);
  }
}
