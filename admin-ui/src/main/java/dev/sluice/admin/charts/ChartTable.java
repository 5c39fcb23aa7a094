package dev.sluice.admin.charts;

import dev.sluice.admin.view.Formats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The maximum of each row's time, latest first. */
public record ChartTable(String caption, List<String> columns, List<Row> rows) {

  private static final int MOST_ROWS = 30;

  /**
   * @param from time of day, UTC
   */
  public record Row(String from, List<String> cells) {}

  static ChartTable of(Chart chart, TimeSeries curve) {
    long lengthMs = curve.span().stepMs() * curve.span().rowPoints();
    Map<Long, double[]> highest = new LinkedHashMap<>();
    for (int i = 0; i < curve.size(); i++) {
      // A point stands at the end of its step.
      long row = (curve.at(i) - 1) / lengthMs;
      double[] values = highest.computeIfAbsent(row, key -> nothing(curve.lines()));
      for (int line = 0; line < values.length; line++) {
        double value = curve.known(line, i) ? curve.value(line, i) : -1;
        values[line] = Math.max(values[line], value);
      }
    }
    List<Row> rows = new ArrayList<>();
    highest.forEach(
        (row, values) -> rows.add(0, row(chart.unit(), curve.span(), row * lengthMs, values)));
    return new ChartTable(
        chart.title() + ": maximum of each " + Unit.TIME.text(lengthMs) + ", latest first",
        chart.lines().stream().map(Chart.Line::name).toList(),
        rows.subList(0, Math.min(MOST_ROWS, rows.size())));
  }

  private static double[] nothing(int lines) {
    double[] values = new double[lines];
    Arrays.fill(values, -1);
    return values;
  }

  private static Row row(Unit unit, TimeRange span, long fromMs, double[] values) {
    String exact = Formats.exact(fromMs);
    return new Row(
        span.stored() ? exact.substring(5, 16) : exact.substring(11, 19),
        Arrays.stream(values).mapToObj(value -> value < 0 ? "–" : unit.text(value)).toList());
  }
}
