package dev.sluice.admin.charts;

import dev.sluice.admin.view.Spark;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class Sparks {

  private final FleetHistory history;
  private final String org;
  private final long now;

  public Sparks(FleetHistory history, String org, long now) {
    this.history = history;
    this.org = org;
    this.now = now;
  }

  public @Nullable Spark of(String project) {
    TimeSeries curve = history.curve(org, project, TimeRange.QUARTER, List.of(Metric.WAITING), now);
    return curve.size() == 0
        ? null
        : new Spark(
            SvgPath.of(curve, 0, Math.max(1, curve.highest()), Spark.WIDTH, Spark.HEIGHT),
            "waiting over 15 min: " + new Trend(curve, 0, Unit.COUNT).words());
  }
}
