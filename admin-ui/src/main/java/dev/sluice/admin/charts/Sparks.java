package dev.sluice.admin.charts;

import dev.sluice.admin.fleet.Curve;
import dev.sluice.admin.fleet.History;
import dev.sluice.admin.fleet.Measure;
import dev.sluice.admin.fleet.Span;
import dev.sluice.admin.view.Spark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small lines of the waiting work of queues. */
public final class Sparks {

  private final History history;
  private final String org;
  private final long now;

  /** Of an org's queues up to a moment, epoch ms. */
  public Sparks(History history, String org, long now) {
    this.history = history;
    this.org = org;
    this.now = now;
  }

  /** That of a queue; null while nothing is remembered of it. */
  public @Nullable Spark of(String project) {
    Curve curve = history.curve(org, project, Span.QUARTER, List.of(Measure.WAITING), now);
    return curve.size() == 0
        ? null
        : new Spark(
            Path.of(curve, 0, Math.max(1, curve.highest()), Spark.WIDTH, Spark.HEIGHT),
            "waiting over 15 min: " + new Course(curve, 0, Unit.COUNT).words());
  }
}
