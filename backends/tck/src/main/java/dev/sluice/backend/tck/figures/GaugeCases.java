package dev.sluice.backend.tck.figures;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Figures". */
abstract class GaugeCases extends FigureVerbs {

  private static final Duration GAUGE = Duration.ofMillis(Figures.GAUGE_MS);

  @Test
  void a_sweep_looks_at_waiting_work_of_projects() {
    enqueue(
        work("a").project("web").queuedAt(clock.now() - 5_000),
        work("b").project("web").notBefore(clock.now() + 3_600_000),
        work("c").project("app").queuedAt(clock.now() - 7_000));
    assertThat(buckets(FigureDimension.PROJECT)).as("before a sweep").isEmpty();

    sweep();

    assertThat(latest()).containsExactly(waiting("app", 1, 7_000), waiting("web", 2, 5_000));
    assertThat(buckets(FigureDimension.MODEL)).isEmpty();
    assertThat(buckets(FigureDimension.HOST)).isEmpty();
  }

  @Test
  void the_last_look_of_a_bucket_counts_at_most_one_a_minute() {
    enqueue(work("a").project("web").queuedAt(clock.now()));
    sweep();
    enqueue(work("b").project("web").queuedAt(clock.now()));
    sweepAfter(GAUGE.minus(MOMENT));
    assertThat(latest()).containsExactly(waiting("web", 1, 0));

    sweepAfter(MOMENT);

    assertThat(latest()).containsExactly(waiting("web", 2, GAUGE.toMillis()));
  }

  @Test
  void work_that_left_waits_no_more() {
    claim(worker, work("running").project("web"));
    enqueue(work("a").project("web"), work("b").project("app").queuedAt(clock.now()));
    sweep();
    stop("a");
    stop("b");

    sweepAfter(GAUGE);

    assertThat(latest()).containsExactly(counted("web", 1, 0, 0, 0));
  }

  @Test
  void each_bucket_has_its_look() {
    enqueue(work("a").project("web"));
    sweep();
    enqueue(work("b").project("web"));
    sweepAfter(BUCKET);
    stop("a");
    stop("b");
    sweepAfter(BUCKET);

    assertThat(buckets(FigureDimension.PROJECT))
        .extracting(bucket -> bucket.total().waiting())
        .startsWith(1L, 2L);
  }

  @Test
  void an_idle_fleet_has_looks_and_one_without_workers_has_none() {
    worker.register();
    sweep();
    assertThat(latest()).isEmpty();
    sweepAfter(BUCKET);
    assertThat(buckets(FigureDimension.PROJECT)).hasSize(2);
    assertThat(buckets(FigureDimension.HOST)).isEmpty();

    worker.deregister();
    sweepAfter(BUCKET);

    assertThat(buckets(FigureDimension.PROJECT)).hasSize(2);
  }

  private List<FigureSeries> latest() {
    List<FigureBucket> all = buckets(FigureDimension.PROJECT);
    return all.get(all.size() - 1).series();
  }

  private static FigureSeries waiting(String project, long items, long oldestMs) {
    return FigureSeries.of(project, false).gauged(items, oldestMs);
  }
}
