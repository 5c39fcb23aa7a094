package dev.sluice.backend.tck.figures;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Figures". */
abstract class FigureBoundCases extends FigureVerbs {

  private static final int MORE = 5;

  @Test
  void names_beyond_the_bound_are_the_rest() {
    KitWorker taker = worker().capacity(Figures.MAX_SERIES + MORE + 1).register();
    for (int i = 0; i < Figures.MAX_SERIES + MORE; i++) {
      claim(taker, work("s" + i, "p" + i, "m" + i));
    }
    for (FigureDimension by : List.of(FigureDimension.PROJECT, FigureDimension.MODEL)) {
      List<FigureSeries> series = buckets(by).get(0).series();
      assertThat(series).hasSize(Figures.MAX_SERIES + 1);
      assertThat(series.get(Figures.MAX_SERIES))
          .isEqualTo(new FigureSeries("", true, MORE, 0, 0, 0, 0, 0));
    }
    taker.complete("s0");
    taker.complete("s" + (Figures.MAX_SERIES + 1));
    assertTotal(Figures.MAX_SERIES + MORE, 2, 0, 0);

    clock.jump(BUCKET);
    taker.complete("s" + (Figures.MAX_SERIES + 2));
    assertThat(buckets(FigureDimension.PROJECT).get(1).series())
        .as("the bound is of a bucket")
        .containsExactly(counted("p" + (Figures.MAX_SERIES + 2), 0, 1, 0, 0));
  }

  @Test
  void waiting_work_beyond_the_bound_is_the_rest() {
    for (int i = 0; i < Figures.MAX_SERIES + MORE; i++) {
      enqueue(work("s" + i).project("p" + i).queuedAt(clock.now() - 1_000));
    }
    sweep();
    sweepAfter(Duration.ofMillis(Figures.GAUGE_MS));

    FigureBucket bucket = buckets(FigureDimension.PROJECT).get(0);
    assertThat(bucket.series()).hasSize(Figures.MAX_SERIES + 1);
    FigureSeries rest = bucket.series().get(Figures.MAX_SERIES);
    assertThat(rest.rest()).isTrue();
    assertThat(rest.waiting()).isEqualTo(MORE);
    assertThat(rest.oldestMs()).isEqualTo(1_000 + Figures.GAUGE_MS);
    assertThat(bucket.total().waiting()).isEqualTo(Figures.MAX_SERIES + MORE);
  }

  @Test
  void beyond_the_first_projects_waiting_work_is_counted_without_its_age() {
    long old = clock.now() - 9_000;
    WorkBuilder[] one = new WorkBuilder[Figures.MAX_GAUGED + MORE];
    for (int i = 0; i < one.length; i++) {
      long queued = i < Figures.MAX_GAUGED ? clock.now() : old;
      one[i] = work("s" + i).project("p" + (1_000 + i)).queuedAt(queued);
    }
    enqueue(one);

    sweep();

    List<FigureSeries> series = buckets(FigureDimension.PROJECT).get(0).series();
    FigureSeries rest = series.get(Figures.MAX_SERIES);
    assertThat(rest.waiting()).isEqualTo(Figures.MAX_GAUGED + MORE - Figures.MAX_SERIES);
    assertThat(rest.oldestMs()).isZero();
  }

  @Test
  void buckets_of_the_last_week_are_kept() {
    claim(worker, work("a"));
    long start = Figures.startOf(clock.now());
    sweepAfter(Duration.ofMillis(Figures.KEPT_MS - (clock.now() - start)));
    assertThat(all()).extracting(FigureBucket::startMs).startsWith(start);

    claim(worker().register(), work("b").priority(1));
    sweepAfter(BUCKET);

    assertThat(all()).extracting(FigureBucket::startMs).containsExactly(start + Figures.KEPT_MS);
  }

  private List<FigureBucket> all() {
    long now = clock.now();
    return backend()
        .figures()
        .read(org, FigureDimension.PROJECT, now - Figures.KEPT_MS - Figures.BUCKET_MS, now);
  }

  @Test
  void a_range_of_more_than_a_week_is_refused() {
    long now = clock.now();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                backend()
                    .figures()
                    .read(org, FigureDimension.HOST, now - 2 * Figures.KEPT_MS, now));
  }
}
