package dev.sluice.admin.charts;

import dev.sluice.admin.view.JsonText;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The points of a chart for the script that shows values under the pointer.
 *
 * @param from left edge, epoch ms
 * @param to right edge, epoch ms
 * @param at epoch ms, ascending
 * @param latest by line
 * @param values by line and moment
 */
final class ChartPoints {

  private ChartPoints() {}

  static String json(Chart chart, TimeSeries series) {
    List<Integer> lines = IntStream.range(0, series.lines()).boxed().toList();
    return JsonText.object(
        "from",
        series.fromMs(),
        "to",
        series.toMs(),
        "at",
        LongStream.range(0, series.size()).map(i -> series.at((int) i)).toArray(),
        "latest",
        lines.stream().map(line -> new Trend(series, line, chart.unit()).latest()).toList(),
        "values",
        lines.stream().map(line -> values(chart.unit(), series, line)).toList());
  }

  private static List<String> values(Unit unit, TimeSeries series, int line) {
    return IntStream.range(0, series.size())
        .mapToObj(i -> series.known(line, i) ? unit.text(series.value(line, i)) : "–")
        .toList();
  }
}
