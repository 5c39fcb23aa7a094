package dev.sluice.backend.tck.figures;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.Subject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

abstract class FigureVerbs extends Fixture {

  static final long DOLLAR = 1_000_000;

  static final Duration BUCKET = Duration.ofMillis(Figures.BUCKET_MS);

  List<FigureBucket> buckets(FigureDimension by) {
    long now = clock.now();
    return backend().figures().read(org, by, now - Figures.KEPT_MS, now + 1);
  }

  FigureSeries total(FigureDimension by) {
    return buckets(by).stream()
        .map(FigureBucket::total)
        .reduce(FigureSeries.of("", false), FigureSeries::and);
  }

  /** Claims, completed, failed, cost in dollars, in all dimensions of sessions alike. */
  void assertTotal(long claims, long completed, long failed, double dollars) {
    for (FigureDimension by : EnumSet.complementOf(EnumSet.of(FigureDimension.CAUSE))) {
      assertThat(total(by).gauged(0, 0))
          .as("by %s", by)
          .isEqualTo(counted("", claims, completed, failed, dollars));
    }
  }

  static FigureSeries counted(
      String name, long claims, long completed, long failed, double dollars) {
    long cost = Math.round(dollars * DOLLAR);
    return new FigureSeries(name, false, claims, completed, failed, cost, 0, 0);
  }

  static WorkBuilder work(String id, String project, String model) {
    return work(id).project(project).about(new Subject("Title", "", model));
  }
}
