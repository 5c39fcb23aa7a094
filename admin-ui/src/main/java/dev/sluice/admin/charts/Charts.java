package dev.sluice.admin.charts;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The charts of an org's fleet, or of one of its queues, at one moment. */
public final class Charts {

  private final FleetHistory history;
  private final String org;
  private final @Nullable String project;
  private final TimeRange span;
  private final long now;

  /**
   * @param project of which queue; null for the fleet
   * @param now their right edge, epoch ms
   */
  public Charts(
      FleetHistory history, String org, @Nullable String project, TimeRange span, long now) {
    this.history = history;
    this.org = org;
    this.project = project;
    this.span = span;
    this.now = now;
  }

  /** As the server draws them. */
  public List<ChartView> drawn() {
    return all(ChartView::of);
  }

  /** As data. */
  public ChartData data() {
    return new ChartData(now - span.lengthMs(), now, all(ChartData::of));
  }

  private <T> List<T> all(BiFunction<Chart, TimeSeries, T> form) {
    List<Chart> charts = project == null ? Chart.OF_FLEET : Chart.OF_QUEUE;
    return charts.stream()
        .map(chart -> form.apply(chart, history.curve(org, project, span, chart.measures(), now)))
        .toList();
  }
}
