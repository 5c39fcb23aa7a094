package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Event.Kind;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.FailedRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Failed runs". */
abstract class FailedRunCases extends Fixture {

  private static final String SPAWN = "spawn-failed";
  private static final Duration QUARANTINE = Duration.ofMillis(RULES.tries().quarantineMs());

  private static StatusReport report(Remedy remedy, @Nullable Attempt attempt) {
    TreeMap<String, String> fields = new TreeMap<>(Map.of("error", "\"no\"", "turns", "3"));
    return new StatusReport(SessionState.FAILED, fields, 1_500, attempt)
        .failing(new Failure("cause", remedy, remedy == Remedy.ELSEWHERE));
  }

  private static StatusResult fails(KitWorker worker, String id, Remedy remedy) {
    return worker.report(id, report(remedy, null));
  }

  private static StatusResult fails(KitWorker worker, String id, String cause) {
    return fails(worker, id, Failure.of(cause));
  }

  private static StatusResult fails(KitWorker worker, String id, Failure failure) {
    StatusReport failed = new StatusReport(SessionState.FAILED, new TreeMap<>(), -1);
    return worker.report(id, failed.failing(failure));
  }

  private List<String> details(String id) {
    return timeline(id).stream()
        .filter(line -> line.kind() == Kind.RETURNED || line.kind() == Kind.ENDED)
        .map(Event::detail)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_leaves_what_was_reported(Remedy remedy) {
    claim("a");
    worker.start("a");

    StatusResult failed = fails(worker, "a", remedy);

    assertThat(failed.transition()).isEqualTo(Transition.ADVANCE);
    assertThat(failed.session()).isEqualTo(row("a"));
    assertThat(session("a").fields()).isEqualTo(Map.of("error", "\"no\"", "turns", "3"));
    assertThat(session("a").costMicroUsd()).isEqualTo(1_500);
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(details("a"))
        .containsExactly(remedy == Remedy.NEVER ? "failed: cause" : "cause: " + remedy.wire());
  }

  @Test
  void one_that_nothing_remedies_ends() {
    claim("a");

    fails(worker, "a", "agent-blocked");

    assertSession("a").isFailed().isOwnedBy(worker);
    pass(Duration.ofHours(1));
    assertThat(other.register().take(5)).isEmpty();
  }

  @Test
  void one_goes_to_any_worker_at_once() {
    claim("a");
    worker.start("a");

    fails(worker, "a", Remedy.NOW);

    assertSession("a").isReady().hasNoOwner().hasAttempts(1).hasNacks(0).hasPosition(1);
    worker.claim("a");
    assertThat(session("a").fields()).isEmpty();
    assertThat(session("a").costMicroUsd()).isZero();
  }

  @Test
  void one_waits_for_a_back_off_that_doubles() {
    claim("a");
    fails(worker, "a", Remedy.LATER);

    assertSession("a").isLater().hasNoOwner().hasAttempts(1).hasNacks(0);
    assertThat(session("a").notBeforeMs()).isEqualTo(clock.now() + BACK_OFF.toMillis());
    assertThat(other.register().take(5)).isEmpty();
    jump(BACK_OFF);
    worker.claim("a");
    fails(worker, "a", Remedy.LATER);

    assertThat(session("a").notBeforeMs()).isEqualTo(clock.now() + 2 * BACK_OFF.toMillis());
    assertCounts(0, 0, 1, 0, 0, 0);
  }

  @Test
  void one_goes_to_another_machine_at_once() {
    other.register();
    claim("a");
    worker.start("a");

    fails(worker, "a", Remedy.ELSEWHERE);

    assertSession("a").isReturned().hasNoOwner().hasAttempts(0).hasNacks(1);
    long until = clock.now() + BACK_OFF.toMillis();
    assertThat(session("a").nackers()).containsExactly(new Nacker(worker.id(), 1, until));
    assertThat(worker.take(5)).isEmpty();
    other.claim("a");
    fails(other, "a", Remedy.ELSEWHERE);
    jump(BACK_OFF);
    worker.claim("a");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void it_forgets_nackers_unless_it_adds_one(Remedy remedy) {
    other.register();
    claim("a");
    worker.nack("a");
    other.claim("a");

    fails(other, "a", remedy);

    List<String> nackers = session("a").nackers().stream().map(Nacker::workerId).toList();
    if (remedy == Remedy.ELSEWHERE) {
      assertThat(nackers).containsExactly(worker.id(), other.id());
    } else {
      assertThat(nackers).isEmpty();
    }
  }

  @Test
  void a_session_dies_of_too_many() {
    enqueue(work("tried"), work("sent on"));
    worker.register();
    for (int n = 1; n <= RULES.tries().maxAttempts(); n++) {
      assertSession("tried").hasAttempts(n - 1);
      worker.claimByName("tried");
      fails(worker, "tried", Remedy.NOW);
    }
    assertSession("tried").isDead(DeadReason.MAX_ATTEMPTS);

    for (int n = 1; n <= RULES.tries().maxNacks(); n++) {
      assertSession("sent on").hasNacks(n - 1);
      KitWorker next = worker().register();
      next.claimByName("sent on");
      next.start("sent on");
      fails(next, "sent on", Remedy.ELSEWHERE);
    }
    assertSession("sent on").isDead(DeadReason.MAX_NACKS).hasAttempts(0);
    assertThat(requeue("sent on").nacks()).isZero();
  }

  @Test
  void a_session_dies_whose_deadline_has_passed() {
    claim(worker, work("a").deadline(clock.now() + 1_000));
    jump(Duration.ofSeconds(1));

    fails(worker, "a", Remedy.LATER);

    assertSession("a").isDead(DeadReason.DEADLINE);
    assertThat(session("a").notBeforeMs()).isZero();
    requeue("a");
    assertSession("a").isReady();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void told_again_it_changes_nothing(Remedy remedy) {
    other.register();
    claim("a");
    Attempt attempt = new Attempt("k", "hash");
    worker.report("a", report(remedy, attempt));

    withoutTrace(
        () -> {
          StatusResult again = worker.report("a", report(remedy, attempt));
          assertThat(again.transition()).isEqualTo(Transition.REPEAT);
          assertThat(again.replay()).isTrue();
          assertThat(again.session()).isEqualTo(row("a"));
        });
    refused(
        Refusal.CONFLICT, () -> worker.report("a", report(remedy, new Attempt("k", "another"))));
    refusedLate("a", () -> worker.fail("a"));
    refusedAsOwnedBy(null, () -> worker.start("a"));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void told_again_it_changes_nothing_if_the_session_has_died_of_it(Remedy remedy) {
    openWith(rules().maxAttempts(1).maxNacks(1));
    claim("a");
    Attempt attempt = new Attempt("k", "hash");
    worker.report("a", report(remedy, attempt));
    assertThat(session("a").place()).isEqualTo(Place.DEAD);

    withoutTrace(
        () -> {
          StatusResult again = worker.report("a", report(remedy, attempt));
          assertThat(again.transition()).isEqualTo(Transition.REPEAT);
          assertThat(again.replay()).isTrue();
          assertThat(again.session()).isEqualTo(row("a"));
        });
    refused(
        Refusal.CONFLICT, () -> worker.report("a", report(remedy, new Attempt("k", "another"))));
    refusedAsOwnedBy(null, () -> worker.start("a"));
    refusedLate("a", () -> worker.fail("a"));
    refusedLate("a", () -> worker.report("a", report(remedy, attempt)));
  }

  @Test
  void told_again_after_another_claim_it_comes_too_late() {
    other.register();
    claim("a");
    fails(worker, "a", Remedy.ELSEWHERE);
    other.claim("a");

    refusedLate("a", () -> fails(worker, "a", Remedy.ELSEWHERE));

    assertSession("a").isClaimedBy(other);
  }

  @Test
  void a_worker_that_lost_the_session_still_says_how_it_failed() {
    claim("a");
    pass(LEASE);
    assertSession("a").isReady().hasAttempts(1);

    fails(worker, "a", Remedy.ELSEWHERE);

    assertSession("a").isReturned().hasAttempts(1).hasNacks(1);
    assertThat(lines("a")).endsWith(Kind.LEASE_LOST, Kind.REATTACHED, Kind.RETURNED);
  }

  @Test
  void a_stopped_session_is_released() {
    claim("a");
    stop("a");

    fails(worker, "a", Remedy.NOW);

    assertSession("a").isStopped();
    assertThat(session("a").place()).isEqualTo(Place.ENDED);
  }

  @Test
  void its_cost_is_charged_once() {
    budget("web", 1_000_000);
    claim(worker, work("a").project("web"));

    fails(worker, "a", Remedy.NOW);
    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(1_500);
    fails(worker, "a", Remedy.NOW);
    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(1_500);

    worker.claim("a");
    worker.report("a", SessionState.COMPLETED, 500);
    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(2_000);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void its_issue_goes_on(Remedy remedy) {
    other.register();
    enqueue(work("a").issue("i"), work("b").issue("i"));
    worker.claim("a");

    fails(worker, "a", remedy);

    if (remedy == Remedy.LATER) {
      assertSession("b").isReady();
      other.claim("b");
      jump(BACK_OFF);
      assertThat(other.take(5)).isEmpty();
      assertSession("a").isParked();
      other.complete("b");
      other.claim("a");
    } else {
      assertSession("b").isParked();
      other.claim("a");
      assertThat(other.take(5)).isEmpty();
    }
    other.complete("a");
    if (remedy != Remedy.LATER) {
      other.claim("b");
    }
  }

  @Test
  void a_machine_that_fails_again_and_again_is_quarantined_for_longer_each_time() {
    enqueue(works("a-", 6));
    worker.register();
    for (int n = 1; n < Rules.FAILURES_IN_ROW; n++) {
      failsNext(SPAWN);
      assertThat(worker.record().failedRuns()).isEqualTo(new FailedRuns(n, SPAWN));
      assertThat(worker.record().quarantinedUntilMs()).isZero();
    }

    failsNext("kit-provision");

    assertThat(worker.record().quarantinedUntilMs()).isEqualTo(clock.now() + QUARANTINE.toMillis());
    assertThat(worker.record().quarantineReason(clock.now()))
        .isEqualTo("failed 3 runs in a row, the last by kit-provision");
    assertThat(worker.take(5)).isEmpty();

    passBeating(QUARANTINE, worker);
    failsNext(SPAWN);
    assertThat(worker.record().quarantinedUntilMs())
        .isEqualTo(clock.now() + 2 * QUARANTINE.toMillis());
    passBeating(QUARANTINE.multipliedBy(2), worker);
    String last = worker.take(1).get(0);
    fails(worker, last, "silent-exit");
    assertThat(worker.record().failedRuns()).isNull();
    assertThat(worker.record().quarantinedUntilMs()).isLessThanOrEqualTo(clock.now());
  }

  @Test
  void work_that_others_couldn_t_run_either_blames_no_machine() {
    enqueue(work("bad"));
    claimedAndFailed(worker);
    List<KitWorker> fleet = List.of(worker(), worker(), worker());

    for (KitWorker next : fleet) {
      claimedAndFailed(next);
      assertThat(next.record().failedRuns()).isNull();
    }

    assertThat(worker.record().failedRuns()).isEqualTo(new FailedRuns(1, SPAWN));
  }

  private void claimedAndFailed(KitWorker next) {
    next.register().claimByName("bad");
    fails(next, "bad", SPAWN);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_the_work_says_blames_no_machine(Remedy remedy) {
    claim("a");

    fails(worker, "a", Failure.of("silent-exit").with(Map.of("silent-exit", remedy)));

    assertThat(worker.record().failedRuns()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_the_work_says_absolves_no_machine(Remedy remedy) {
    claim("a");

    fails(worker, "a", Failure.of(SPAWN).with(Map.of(SPAWN, remedy)));

    assertThat(worker.record().failedRuns()).isEqualTo(new FailedRuns(1, SPAWN));
  }

  private void failsNext(String cause) {
    fails(worker, worker.take(1).get(0), cause);
  }

  @Test
  void an_operator_forgets_the_failures_of_a_machine() {
    enqueue(works("a-", 4));
    worker.register();
    for (int n = 1; n <= Rules.FAILURES_IN_ROW; n++) {
      failsNext(SPAWN);
    }

    worker.undrain();

    assertThat(worker.record().failedRuns()).isNull();
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    failsNext(SPAWN);
    assertThat(worker.record().failedRuns()).isEqualTo(new FailedRuns(1, SPAWN));
  }

  @Test
  void runs_that_end_in_a_quarantine_don_t_count() {
    worker.capacity(5);
    enqueue(works("a-", 5));
    worker.register();
    List<String> taken = worker.take(5);

    taken.subList(0, 4).forEach(id -> fails(worker, id, SPAWN));

    assertThat(worker.record().failedRuns()).isEqualTo(new FailedRuns(3, SPAWN));
    worker.complete(taken.get(4));
    assertThat(worker.record().failedRuns()).isEqualTo(new FailedRuns(3, SPAWN));
    assertThat(worker.record().quarantineReason(clock.now())).contains(SPAWN);
  }
}
