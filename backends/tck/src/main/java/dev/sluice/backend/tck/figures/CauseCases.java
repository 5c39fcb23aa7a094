package dev.sluice.backend.tck.figures;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.tck.KitWorker;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Figures": why runs failed and claims were lost. */
abstract class CauseCases extends FigureVerbs {

  private static void fails(KitWorker worker, String id, @Nullable Failure failure) {
    StatusReport failed = new StatusReport(SessionState.FAILED, new TreeMap<>(), -1);
    worker.report(id, failed.failing(failure));
  }

  private List<FigureSeries> causes() {
    return buckets(FigureDimension.CAUSE).stream()
        .map(FigureBucket::series)
        .flatMap(List::stream)
        .toList();
  }

  private static FigureSeries cause(String name, long runs) {
    return counted(name, 0, 0, runs, 0);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_failed_run_counts_whatever_becomes_of_it(Remedy remedy) {
    claim("a");
    worker.start("a");

    fails(worker, "a", new Failure("odd: \"cause\": now", remedy, false));

    assertThat(causes()).containsExactly(cause("odd: \"cause\": now", 1));
  }

  @Test
  void a_run_that_is_repeated_counts_each_time() {
    claim("a");
    fails(worker, "a", Failure.of("host-restart"));
    worker.claim("a");
    fails(worker, "a", Failure.of("host-restart"));
    fails(worker, "a", Failure.of("host-restart"));
    worker.claim("a");
    fails(worker, "a", Failure.of("agent-blocked"));
    fails(worker, "a", Failure.of("agent-blocked"));

    assertThat(causes()).containsExactly(cause("agent-blocked", 1), cause("host-restart", 2));
    assertThat(total(FigureDimension.PROJECT).failed()).isEqualTo(1);
  }

  @Test
  void a_failure_without_a_cause_counts_under_no_name() {
    claim("a");
    fails(worker, "a", null);

    assertThat(causes()).containsExactly(cause("", 1));
  }

  @Test
  void other_ends_have_no_cause() {
    claim("done");
    worker.complete("done");
    claim("stopped");
    stop("stopped");
    fails(worker, "stopped", Failure.of("operator-cancelled"));
    enqueue(work("waits"));
    stop("waits");
    deadLetter("late");
    claim("left");
    worker.deregister();

    assertThat(causes()).isEmpty();
  }

  @Test
  void a_lost_claim_counts() {
    claim("a");
    worker.start("a");
    pass(LEASE);

    assertThat(causes()).containsExactly(cause("lease-lost", 1));
  }

  @Test
  void a_nack_counts_whatever_its_reason() {
    other.register();
    claim("a");
    worker.nack("a", "no disk: full");
    other.claim("a");
    other.deny("a", null);
    other.nack("a");

    assertThat(causes()).containsExactly(cause("nacked", 2));
  }

  @Test
  void a_claim_that_is_not_accepted_counts() {
    sweepOnce();
    claim("a");
    passBeating(ACCEPT, worker);

    assertThat(causes()).containsExactly(cause("accept-missed", 1));
  }

  @Test
  void causes_beyond_the_bound_are_the_rest() {
    worker.capacity(2 * Figures.MAX_SERIES).register();
    for (int i = 0; i < Figures.MAX_SERIES + 5; i++) {
      claim(worker, work("s" + i));
      fails(worker, "s" + i, Failure.of("cause " + (100 + i)));
    }
    sweep();

    List<FigureSeries> causes = causes();
    assertThat(causes).hasSize(Figures.MAX_SERIES + 1);
    FigureSeries rest = causes.get(Figures.MAX_SERIES);
    assertThat(rest.rest()).isTrue();
    assertThat(rest.failed()).isEqualTo(5);
  }
}
