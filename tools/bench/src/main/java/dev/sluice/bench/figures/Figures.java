package dev.sluice.bench.figures;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

public final class Figures {

  /** The median of an even number is the mean of the middle two. */
  public record Summary(double min, double median, double max) {

    static Summary of(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      int n = sorted.size();
      return new Summary(
          sorted.get(0), (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2, sorted.get(n - 1));
    }
  }

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MS = 1e6;

  private final Map<Figure, List<Double>> runs = new EnumMap<>(Figure.class);

  public void add(Figure figure, double value) {
    runs.computeIfAbsent(figure, any -> new ArrayList<>()).add(value);
  }

  public void addRate(Figure figure, long count, long nanos) {
    add(figure, count * NANOS_PER_SECOND / Math.max(1, nanos));
  }

  public void addLatencies(Samples latencies) {
    if (latencies.size() > 0) {
      long[] nanos = latencies.percentiles(0.5, 0.99, 1);
      add(Figure.P50, nanos[0] / NANOS_PER_MS);
      add(Figure.P99, nanos[1] / NANOS_PER_MS);
      add(Figure.MAX, nanos[2] / NANOS_PER_MS);
    }
  }

  /**
   * @param nanos in which they arrived
   */
  public void addEvents(Samples ages, long nanos) {
    if (ages.size() > 0) {
      long[] all = ages.percentiles(0.5, 0.99, 1);
      addRate(Figure.EVENTS, ages.size(), nanos);
      add(Figure.EVENT_P50, all[0] / NANOS_PER_MS);
      add(Figure.EVENT_P99, all[1] / NANOS_PER_MS);
      add(Figure.EVENT_MAX, all[2] / NANOS_PER_MS);
    }
  }

  public void addBurst(Samples latencies) {
    if (latencies.size() > 0) {
      add(Figure.BURST, latencies.percentiles(1)[0] / NANOS_PER_MS);
    }
  }

  public Set<Figure> measured() {
    return runs.keySet();
  }

  public List<Double> runs(Figure figure) {
    return List.copyOf(runs.getOrDefault(figure, List.of()));
  }

  public Summary summary(Figure figure) {
    return Summary.of(runs(figure));
  }
}
