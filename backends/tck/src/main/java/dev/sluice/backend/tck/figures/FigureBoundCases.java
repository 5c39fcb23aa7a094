package dev.sluice.backend.tck.figures;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.sessions.SessionState;
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
  void a_project_with_many_models_leaves_room_for_those_of_others() {
    claimModels("junk", "j", Figures.MAX_SERIES + MORE);
    KitWorker web = claimModels("web", "opus", 1);
    claim(web, work("again", "web", "opus100"));
    claimModels("junk", "k", MORE);

    List<FigureSeries> series = buckets(FigureDimension.MODEL).get(0).series();
    assertThat(series).contains(counted("opus100", 2, 0, 0, 0));
    assertThat(series).hasSize(Figures.MAX_SERIES + 1);
    assertThat(series.get(Figures.MAX_SERIES).claims()).isEqualTo(2 * MORE + 1);
    assertTotal(Figures.MAX_SERIES + 2 * MORE + 2, 0, 0, 0);
  }

  @Test
  void a_project_with_many_hosts_leaves_room_for_those_of_others() {
    for (int i = 0; i < Figures.MAX_SERIES + MORE; i++) {
      claim(worker().named("j" + i).register(), work("s" + i).project("junk"));
    }
    claim(worker().named("w").register(), work("w").project("web"));

    List<FigureSeries> series = buckets(FigureDimension.HOST).get(0).series();
    assertThat(series).contains(counted("host of w", 1, 0, 0, 0)).hasSize(Figures.MAX_SERIES + 1);
  }

  @Test
  void projects_share_the_names_and_each_keeps_those_with_the_most() {
    KitWorker taker = claimModels("a", "a", Figures.MAX_SERIES);
    sweep();
    claim(taker, work("second", "a", "a149"));
    claim(taker, work("third", "a", "a148"));
    taker.report("third", SessionState.COMPLETED, 0);
    claim(taker, work("dear", "a", "a147"));
    taker.report("dear", SessionState.RUNNING, DOLLAR);
    claim(taker, work("cheap", "a", "a146"));

    claimModels("b", "b", Figures.MAX_SERIES);

    int half = Figures.MAX_SERIES / 2;
    List<String> kept = models();
    assertThat(kept).filteredOn(name -> name.startsWith("b")).hasSize(half).endsWith("b124");
    assertThat(kept)
        .filteredOn(name -> name.startsWith("a"))
        .as("by what was counted, then by name")
        .hasSize(half)
        .contains("a120", "a146", "a147", "a148", "a149")
        .doesNotContain("a121", "a145");
    assertThat(buckets(FigureDimension.MODEL).get(0).series().get(Figures.MAX_SERIES).claims())
        .isEqualTo(2L * half);

    claimModels("c", "c", half);

    assertThat(models()).filteredOn(name -> name.startsWith("c")).hasSize(Figures.MAX_SERIES / 3);
    assertTotal(2 * Figures.MAX_SERIES + 4 + half, 1, 0, 1);
  }

  @Test
  void of_names_counted_alike_those_that_cost_less_give_way() {
    KitWorker taker = claimModels("a", "a", Figures.MAX_SERIES);
    taker.report("a 149", SessionState.RUNNING, DOLLAR);

    claimModels("b", "b", 1);

    assertThat(models()).contains("a149", "a147", "b100").doesNotContain("a148");
  }

  private List<String> models() {
    return buckets(FigureDimension.MODEL).get(0).series().stream().map(FigureSeries::name).toList();
  }

  /** Claims work of models {@code prefix} 100, 101, and so on. */
  private KitWorker claimModels(String project, String prefix, int models) {
    KitWorker taker = worker().capacity(2 * Figures.MAX_SERIES).register();
    for (int i = 100; i < 100 + models; i++) {
      claim(taker, work(prefix + " " + i, project, prefix + i));
    }
    return taker;
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
