package dev.sluice.backend.tck.figures;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.Subject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Figures". */
abstract class CountedCases extends FigureVerbs {

  @Test
  void a_session_counts_by_project_model_and_host() {
    claim(worker, work("a", "web", "opus"));
    worker.report("a", SessionState.RUNNING, DOLLAR);
    worker.report("a", SessionState.COMPLETED, 3 * DOLLAR);
    KitWorker second = worker().register();
    claim(second, work("b", "web", "haiku"));
    claim(second, work("c", "app", "opus"));
    second.report("b", SessionState.FAILED, DOLLAR / 2);

    assertThat(only(FigureDimension.PROJECT).series())
        .containsExactly(counted("app", 1, 0, 0, 0), counted("web", 2, 1, 1, 3.5));
    assertThat(only(FigureDimension.MODEL).series())
        .containsExactly(counted("haiku", 1, 0, 1, 0.5), counted("opus", 2, 1, 0, 3));
    assertThat(only(FigureDimension.HOST).series())
        .containsExactlyInAnyOrder(
            counted("host of " + worker.id(), 1, 1, 0, 3),
            counted("host of " + second.id(), 2, 0, 1, 0.5));
    assertThat(only(FigureDimension.HOST).startMs()).isEqualTo(Figures.startOf(clock.now()));
  }

  private FigureBucket only(FigureDimension by) {
    assertThat(buckets(by)).hasSize(1);
    return buckets(by).get(0);
  }

  @Test
  void a_poll_counts_each_item() {
    enqueue(work("a", "web", "opus"), work("b", "app", "opus"), work("c", "web", "opus"));

    worker.capacity(5).register();
    takeAll(worker, 3);

    assertTotal(3, 0, 0, 0);
    assertThat(only(FigureDimension.PROJECT).series())
        .containsExactly(counted("app", 1, 0, 0, 0), counted("web", 2, 0, 0, 0));
  }

  @Test
  void a_repeated_poll_and_a_refused_claim_count_nothing() {
    enqueue(work("a"));
    worker.poll("r-1", 1);
    worker.poll("r-1", 1);
    worker.claimByName("a");
    worker().register().claimByName("a");

    assertTotal(1, 0, 0, 0);
  }

  @Test
  void a_claim_by_name_counts() {
    enqueue(work("a", "web", "opus"));
    worker.claimByName("a");

    assertTotal(1, 0, 0, 0);
    assertThat(only(FigureDimension.MODEL).series()).containsExactly(counted("opus", 1, 0, 0, 0));
  }

  @Test
  void the_costs_of_running_sessions_count_once_in_the_bucket_of_their_report() {
    claim(worker, work("a"));
    worker.report("a", SessionState.RUNNING, DOLLAR);
    worker.report("a", SessionState.RUNNING, DOLLAR);
    clock.jump(BUCKET);
    worker.report("a", SessionState.RUNNING, 3 * DOLLAR);
    worker.report("a", SessionState.RUNNING, -1);
    clock.jump(BUCKET);
    worker.report("a", SessionState.COMPLETED, 3 * DOLLAR);
    worker.report("a", SessionState.COMPLETED, 9 * DOLLAR);

    assertThat(buckets(FigureDimension.PROJECT))
        .extracting(bucket -> bucket.total().costMicroUsd())
        .containsExactly(DOLLAR, 2 * DOLLAR, 0L);
    assertTotal(1, 1, 0, 3);
  }

  @Test
  void a_corrected_cost_is_taken_back() {
    claim(worker, work("a"));
    worker.report("a", SessionState.RUNNING, 5 * DOLLAR);
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);
    worker.report("a", SessionState.FINALIZING, 6 * DOLLAR);

    assertTotal(1, 0, 0, 6);
  }

  @Test
  void a_lost_claim_was_spent_and_the_next_one_is_counted_anew() {
    claim(worker, work("a"));
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);
    KitWorker second = worker().register();
    passBeating(LEASE, second);
    second.claim("a");
    second.report("a", SessionState.COMPLETED, DOLLAR);

    assertTotal(2, 1, 0, 5);
  }

  @Test
  void a_claim_that_comes_back_or_moves_is_no_hand_out() {
    claim(worker, work("a"));
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);
    pass(LEASE);
    worker.report("a", SessionState.RUNNING, 5 * DOLLAR);
    assertTotal(1, 0, 0, 5);

    pass(LEASE);
    KitWorker next = worker().register();
    next.takeOver("a", worker);
    next.complete("a");

    assertTotal(1, 1, 0, 5);
    assertThat(total(FigureDimension.HOST).completed()).isEqualTo(1);
  }

  @Test
  void an_end_of_a_reattached_claim_counts_its_cost() {
    claim(worker, work("a", "web", "opus"));
    pass(LEASE);
    worker.report("a", SessionState.FAILED, 2 * DOLLAR);

    assertTotal(1, 0, 1, 2);
  }

  @Test
  void a_requeue_takes_nothing_back() {
    claim(worker, work("a"));
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);
    requeue("a");
    assertTotal(1, 0, 0, 4);

    stop("a");
    claim(worker, work("b"));
    worker.report("b", SessionState.FAILED, DOLLAR);
    requeue("b");
    assertTotal(2, 0, 1, 5);
  }

  @Test
  void a_stop_is_neither_completed_nor_failed() {
    enqueue(work("a"));
    stop("a");
    claim(worker, work("b"));
    worker.report("b", SessionState.RUNNING, DOLLAR);
    stop("b");
    worker.report("b", SessionState.COMPLETED, 2 * DOLLAR);

    assertTotal(1, 0, 0, 1);
  }

  @Test
  void a_death_counts_as_failed_also_without_a_worker() {
    enqueue(work("a", "web", "opus").deadline(clock.now() + 1));
    sweepAfter(MOMENT);

    assertTotal(0, 0, 1, 0);
    assertThat(only(FigureDimension.HOST).series()).containsExactly(counted("", 0, 0, 1, 0));
    assertThat(only(FigureDimension.MODEL).series()).containsExactly(counted("opus", 0, 0, 1, 0));
  }

  @Test
  void a_death_of_a_claim_counts_where_it_ran() {
    openWith(rules().maxAttempts(1));
    sweepOnce();
    claim(worker, work("a"));
    pass(LEASE);

    assertTotal(1, 0, 1, 0);
    assertThat(buckets(FigureDimension.HOST))
        .allSatisfy(
            bucket ->
                assertThat(bucket.series())
                    .extracting(series -> series.name())
                    .containsExactly("host of " + worker.id()));
  }

  @Test
  void names_are_kept_as_they_are() {
    String odd = "\"; <b>'%s' * \u00e9\ud83d\ude80 c";
    worker.named("w " + odd).register();
    claim(worker, work("a").project("p " + odd).about(new Subject("t", "b", odd)));
    worker.complete("a");

    assertThat(only(FigureDimension.PROJECT).series())
        .containsExactly(counted("p " + odd, 1, 1, 0, 0));
    assertThat(only(FigureDimension.MODEL).series()).containsExactly(counted(odd, 1, 1, 0, 0));
    assertThat(only(FigureDimension.HOST).series())
        .containsExactly(counted("host of w " + odd, 1, 1, 0, 0));
  }

  @Test
  void orgs_are_apart_and_nothing_is_known_of_an_empty_one() {
    assertThat(buckets(FigureDimension.PROJECT)).isEmpty();
    claim(worker, work("a"));

    String elsewhere = newOrg();
    long now = clock.now();
    assertThat(backend().figures().read(elsewhere, FigureDimension.PROJECT, now - 1, now + 1))
        .isEmpty();
  }

  @Test
  void a_range_is_of_whole_buckets() {
    claim(worker, work("a"));
    long start = Figures.startOf(clock.now());
    clock.jump(BUCKET);
    worker.complete("a");

    assertThat(starts(start, start + 1)).containsExactly(start);
    assertThat(starts(start + 1, start + 2)).containsExactly(start);
    assertThat(starts(start, start)).isEmpty();
    assertThat(starts(start + BUCKET.toMillis() - 1, start + BUCKET.toMillis()))
        .containsExactly(start);
    assertThat(starts(start, start + BUCKET.toMillis() + 1))
        .containsExactly(start, start + BUCKET.toMillis());
    assertThat(starts(start + 2 * BUCKET.toMillis(), start + Duration.ofDays(7).toMillis()))
        .isEmpty();
  }

  private java.util.List<Long> starts(long fromMs, long toMs) {
    return backend().figures().read(org, FigureDimension.PROJECT, fromMs, toMs).stream()
        .map(FigureBucket::startMs)
        .toList();
  }
}
