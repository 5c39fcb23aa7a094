package dev.sluice.admin.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Charts for the script that draws them anew.
 *
 * @param from the left edge, epoch ms
 * @param to the right edge, epoch ms
 */
public record ChartData(long from, long to, List<One> charts) {

  /**
   * One chart.
   *
   * @param words all of it for who can't see it
   * @param top the upper edge; the lower one is 0
   * @param levels what stands at the upright axis, each at an equal distance, from the bottom
   * @param at moments, epoch ms, ascending
   */
  public record One(
      String name,
      String words,
      double top,
      List<String> levels,
      List<Long> at,
      List<Line> lines) {}

  /**
   * A line.
   *
   * @param latest its value now, in words
   * @param values at the moments of its chart; null where nothing is known, so that it has a gap
   */
  public record Line(String latest, List<@Nullable Double> values) {}

  static One of(Chart chart, TimeSeries curve) {
    double top = chart.unit().top(curve.highest());
    return new One(
        ChartView.name(chart),
        ChartView.words(chart, curve),
        top,
        List.of(chart.unit().tick(0), chart.unit().tick(top / 2), chart.unit().tick(top)),
        LongStream.range(0, curve.size()).map(i -> curve.at((int) i)).boxed().toList(),
        IntStream.range(0, curve.lines()).mapToObj(line -> line(chart, curve, line)).toList());
  }

  private static Line line(Chart chart, TimeSeries curve, int line) {
    List<@Nullable Double> values = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      values.add(curve.known(line, i) ? Math.round(curve.value(line, i) * 1_000) / 1_000.0 : null);
    }
    return new Line(new Trend(curve, line, chart.unit()).latest(), values);
  }
}
