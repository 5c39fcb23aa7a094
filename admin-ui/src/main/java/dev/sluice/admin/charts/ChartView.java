package dev.sluice.admin.charts;

import dev.sluice.admin.view.Formats;
import dev.sluice.backend.figures.FigureSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A chart as an SVG of 900 x 100 units, stretched.
 *
 * @param words for screen readers
 * @param levels labels of the vertical axis, from the top
 * @param moments labels of the time axis
 * @param points see {@link ChartPoints}
 */
public record ChartView(
    String name,
    String title,
    String axis,
    String note,
    String words,
    boolean any,
    List<LineView> lines,
    List<Tick> levels,
    List<Tick> moments,
    ChartTable table,
    String points) {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 100;

  /** Of the name of a cause. */
  private static final int MOST_CHARS = 40;

  private static final List<Integer> LEVELS = List.of(0, 50, 100);

  public record LineView(String name, String tone, String path, String latest) {}

  /**
   * @param at percent of the axis
   * @param anchor SVG's text-anchor
   */
  public record Tick(String at, String text, String anchor) {}

  static List<ChartView> all(
      FleetHistory history, String org, @Nullable String project, TimeRange span, long now) {
    return (project == null ? Chart.OF_FLEET : Chart.OF_QUEUE)
        .stream()
            .map(chart -> of(chart, history.curve(org, project, span, chart.measures(), now)))
            .toList();
  }

  static List<ChartView> all(
      StoredHistory history, String org, @Nullable String project, TimeRange span, long now) {
    List<ChartView> all = new ArrayList<>();
    for (Chart chart : Chart.STORED) {
      all.add(of(chart, history.curve(org, project, span, chart.measures(), now)));
    }
    List<FigureSeries> causes =
        project == null ? history.causes(org, span, now, Chart.MOST_CAUSES) : List.of();
    if (!causes.isEmpty()) {
      Chart chart = Chart.causes(causes.stream().map(ChartView::cause).toList());
      all.add(of(chart, history.curve(org, causes, span, now)));
    }
    return all;
  }

  private static String cause(FigureSeries series) {
    if (series.rest()) {
      return "all others";
    }
    return series.name().isEmpty() ? "no cause told" : Formats.cut(series.name(), MOST_CHARS);
  }

  static ChartView of(Chart chart, TimeSeries curve) {
    Unit unit = chart.unit();
    double top = unit.top(curve.highest());
    return new ChartView(
        chart.name(),
        chart.title(),
        chart.axis(),
        chart.note(),
        words(chart, curve),
        curve.size() > 0,
        IntStream.range(0, curve.lines()).mapToObj(line -> line(chart, curve, line, top)).toList(),
        LEVELS.stream()
            .map(at -> new Tick(at.toString(), unit.tick(top * (100 - at) / 100), "end"))
            .toList(),
        moments(curve),
        ChartTable.of(chart, curve),
        ChartPoints.json(chart, curve));
  }

  private static LineView line(Chart chart, TimeSeries curve, int line, double top) {
    Chart.Line drawn = chart.lines().get(line);
    return new LineView(
        drawn.name(),
        drawn.tone(),
        SvgPath.of(curve, line, top, WIDTH, HEIGHT),
        new Trend(curve, line, chart.unit()).latest());
  }

  /** {@code Slots over 15 min: busy 3 to 8, now 5, steady; total 10, now 10, steady}. */
  static String words(Chart chart, TimeSeries curve) {
    List<String> parts = new ArrayList<>();
    for (int line = 0; line < curve.lines(); line++) {
      String name = curve.lines() == 1 ? "" : chart.lines().get(line).name() + " ";
      parts.add(name + new Trend(curve, line, chart.unit()).words());
    }
    String over = chart.title() + " over " + curve.span().words() + ": ";
    return over + (curve.size() == 0 ? "no data yet" : String.join("; ", parts));
  }

  private static List<Tick> moments(TimeSeries curve) {
    boolean days = curve.span() == TimeRange.WEEK;
    long apart = curve.span().lengthMs() / (days ? 7 : curve.span() == TimeRange.QUARTER ? 3 : 4);
    List<Tick> ticks = new ArrayList<>();
    for (long at = (curve.fromMs() / apart + 1) * apart; at <= curve.toMs(); at += apart) {
      double part = (at - curve.fromMs()) * 100.0 / curve.span().lengthMs();
      String anchor = part < 4 ? "start" : part > 96 ? "end" : "middle";
      ticks.add(
          new Tick(
              String.format(Locale.ROOT, "%.1f", part),
              days ? Formats.exact(at).substring(5, 10) : Formats.exact(at).substring(11, 16),
              anchor));
    }
    return ticks;
  }
}
