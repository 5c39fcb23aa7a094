package dev.sluice.backend.tck.queues;

import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Queues of projects" and "The end of a session". */
abstract class BudgetCases extends Fixture {

  private static final long DOLLAR = 1_000_000;

  @Test
  void a_cost_is_charged_when_its_session_ends() {
    budget("web", 10 * DOLLAR);
    claim(worker, work("a").project("web"));

    worker.report("a", SessionState.RUNNING, 2 * DOLLAR);
    assertThat(session("a").costMicroUsd()).isEqualTo(2 * DOLLAR);
    assertThat(queueOf("web").spentMicroUsd()).isZero();
    worker.report("a", SessionState.FINALIZING, 3 * DOLLAR);
    assertThat(queueOf("web").spentMicroUsd()).isZero();
    worker.complete("a");

    assertThat(session("a").costMicroUsd()).isEqualTo(3 * DOLLAR);
    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(3 * DOLLAR);
  }

  @Test
  void a_cost_that_comes_with_the_end_is_charged() {
    budget("web", 10 * DOLLAR);
    run(worker, work("a").project("web"), 4 * DOLLAR);
    run(worker, work("b").project("web"), 1);

    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(4 * DOLLAR + 1);
  }

  @Test
  void an_end_is_charged_once() {
    budget("web", 10 * DOLLAR);
    run(worker, work("a").project("web"), 4 * DOLLAR);

    worker.report("a", SessionState.COMPLETED, 5 * DOLLAR);
    worker.report("a", SessionState.FAILED, 5 * DOLLAR);
    worker.report("a", SessionState.RUNNING, 5 * DOLLAR);

    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(4 * DOLLAR);
    assertThat(session("a").costMicroUsd()).isEqualTo(4 * DOLLAR);
  }

  /** Unreported ends. */
  enum End {
    RELEASE_BY_REPORT,
    RELEASE_BY_ACK,
    RELEASE_BY_GRACE,
    RELEASE_BY_DEREGISTRATION,
    DEATH
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_release_and_a_death_are_charged_too(End end) {
    openWith(rules().maxAttempts(1));
    budget("web", 10 * DOLLAR);
    claim(worker, work("a").project("web"));
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);

    if (end != End.DEATH) {
      passBeating(LEASE, worker);
      stop("a");
      assertThat(queueOf("web").spentMicroUsd()).isZero();
    }
    switch (end) {
      case RELEASE_BY_REPORT -> worker.report("a", SessionState.COMPLETED, 5 * DOLLAR);
      case RELEASE_BY_ACK -> worker.ack(worker.read().get(0));
      case RELEASE_BY_GRACE -> passBeating(GRACE, worker);
      case RELEASE_BY_DEREGISTRATION -> worker.deregister();
      case DEATH -> pass(LEASE);
    }

    assertThat(session("a").place().waits() || counts().claimed() > 0).isFalse();
    assertThat(queueOf("web").spentMicroUsd()).as("as of the stop").isEqualTo(4 * DOLLAR);
  }

  @Test
  void nothing_is_charged_when_a_claim_comes_back() {
    budget("web", 10 * DOLLAR);
    claim(worker, work("a").project("web"));
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);

    passBeating(LEASE, other);
    assertThat(queueOf("web").spentMicroUsd()).isZero();
    assertThat(session("a").costMicroUsd()).as("until the next claim").isEqualTo(4 * DOLLAR);
    other.claim("a");

    assertThat(session("a").costMicroUsd()).isZero();
    other.report("a", SessionState.COMPLETED, DOLLAR);
    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(DOLLAR);
  }

  @Test
  void a_claim_that_comes_back_to_its_worker_keeps_its_cost() {
    budget("web", 10 * DOLLAR);
    claim(worker, work("a").project("web"));
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);
    pass(LEASE);

    worker.complete("a");

    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(4 * DOLLAR);
  }

  @Test
  void work_that_ends_while_it_waits_is_charged_nothing() {
    budget("web", 10 * DOLLAR);
    claim(worker, work("a").project("web"));
    worker.report("a", SessionState.RUNNING, 4 * DOLLAR);
    pass(LEASE);

    stop("a");

    assertThat(queueOf("web").spentMicroUsd()).isZero();
  }

  @Test
  void every_run_of_a_session_is_charged() {
    budget("web", 10 * DOLLAR);
    run(worker, work("a").project("web"), 4 * DOLLAR);

    assertThat(requeue("a").costMicroUsd()).isZero();
    worker.claim("a");
    worker.report("a", SessionState.COMPLETED, 2 * DOLLAR);

    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(6 * DOLLAR);
  }

  @Test
  void a_spent_budget_closes_its_queue_alone() {
    budget("web", 10 * DOLLAR);
    run(worker, work("a").project("web"), 10 * DOLLAR - 1);
    assertThat(queueOf("web").open()).isTrue();
    run(worker, work("b").project("web"), 1);

    assertThat(queueOf("web").overBudget()).isTrue();
    assertThat(queueOf("web").open()).isFalse();
    enqueue(work("c").project("web").priority(1), work("d").project("app"), work("e"));
    assertThat(worker.take(5)).containsExactly("d", "e");
    assertThat(worker.claimByName("c").denial()).isEqualTo(ClaimDenial.CLOSED);
    assertSession("c").isReady().hasPosition(1);
    assertThat(standing("c").queue().overBudget()).isTrue();
  }

  @Test
  void what_runs_may_go_beyond_the_budget() {
    worker.register();
    budget("web", DOLLAR);
    enqueue(works("a-", 4, item -> item.project("web")));
    assertThat(worker.take(3)).hasSize(3);

    worker.report("a-001", SessionState.COMPLETED, 2 * DOLLAR);
    assertThat(worker.activeSessions()).containsExactly("a-002", "a-003");
    worker.report("a-002", SessionState.COMPLETED, 3 * DOLLAR);

    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(5 * DOLLAR);
    assertThat(worker.take(5)).isEmpty();
    assertSession("a-003").isOwnedBy(worker);
  }

  @Test
  void a_spent_budget_does_not_keep_a_lost_claim_from_its_worker() {
    budget("web", DOLLAR);
    claim(worker, work("a").project("web"));
    claim(other, work("b").project("web"));
    other.start("b");
    passBeating(LEASE, other);
    other.report("b", SessionState.COMPLETED, DOLLAR);
    assertThat(queueOf("web").open()).isFalse();

    assertThat(worker.start("a").reattached()).isTrue();
  }

  @Test
  void the_spending_is_forgotten_at_the_utc_midnight() {
    budget("web", DOLLAR);
    run(worker, work("a").project("web"), 3 * DOLLAR);
    enqueue(work("b").project("web"));

    jump(untilMidnight().minus(MOMENT));
    assertThat(worker.take(5)).isEmpty();
    jump(MOMENT);
    assertThat(queueOf("web").spentMicroUsd())
        .as("until the midnight is handled")
        .isEqualTo(3 * DOLLAR);
    assertThat(queueOf("web").open()).isFalse();

    assertThat(worker.take(5)).as("by a poll").containsExactly("b");
    assertThat(queueOf("web").spentMicroUsd()).isZero();
    assertThat(queueOf("web").open()).isTrue();
  }

  @Test
  void a_sweep_handles_the_midnight_too() {
    budget("web", DOLLAR);
    run(worker, work("a").project("web"), DOLLAR);
    jump(untilMidnight().minus(MOMENT));
    assertThat(sweepStep().due()).isZero();
    assertThat(queueOf("web").open()).isFalse();
    jump(MOMENT);
    long before = seq();

    assertThat(sweepStep().due()).isEqualTo(1);

    assertThat(seq()).isEqualTo(before + 1);
    assertThat(queueOf("web").open()).isTrue();
    assertThat(queueOf("web").spentMicroUsd()).isZero();
  }

  @Test
  void what_was_spent_within_the_budget_is_nothing_on_another_day() {
    budget("web", 10 * DOLLAR);
    run(worker, work("a").project("web"), 6 * DOLLAR);
    claim(worker, work("b").project("web"));
    jump(untilMidnight());

    assertThat(queueOf("web").spentMicroUsd()).isZero();
    worker.report("b", SessionState.COMPLETED, 5 * DOLLAR);

    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(5 * DOLLAR);
    assertThat(queueOf("web").open()).isTrue();
  }

  @Test
  void a_charge_after_midnight_is_the_first_of_its_day() {
    budget("web", 10 * DOLLAR);
    claim(worker, work("b").project("web"));
    run(worker, work("a").project("web"), 20 * DOLLAR);
    jump(untilMidnight());

    worker.report("b", SessionState.COMPLETED, 5 * DOLLAR);

    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(5 * DOLLAR);
    assertThat(queueOf("web").open()).isTrue();
    assertThat(sweepStep().due()).as("nothing is left of the day before").isZero();
    assertThat(queueOf("web").spentMicroUsd()).isEqualTo(5 * DOLLAR);
  }

  @Test
  void a_queue_that_is_over_its_budget_day_after_day_opens_every_midnight() {
    worker.register();
    budget("web", DOLLAR);
    for (int day = 1; day <= 3; day++) {
      run(worker, work("a-" + day).project("web"), DOLLAR);
      assertThat(queueOf("web").open()).isFalse();
      sweepAfter(untilMidnight());
      assertThat(queueOf("web").open()).isTrue();
    }
  }

  @Test
  void without_a_budget_nothing_is_kept() {
    run(worker, work("a").project("web"), 6 * DOLLAR);
    assertThat(queueOf("web").spentMicroUsd()).isZero();

    assertThat(budget("web", 10 * DOLLAR).spentMicroUsd()).isZero();
    run(worker, work("b").project("web"), 2 * DOLLAR);
    assertThat(cap("web", 5).spentMicroUsd()).as("a cap and no budget").isZero();

    assertThat(budget("web", DOLLAR).spentMicroUsd()).isZero();
    assertThat(queueOf("web").open()).isTrue();
  }

  @Test
  void a_changed_budget_goes_on_from_what_was_spent() {
    budget("web", 10 * DOLLAR);
    run(worker, work("a").project("web"), 6 * DOLLAR);
    enqueue(work("b").project("web"));

    ProjectQueue lowered = budget("web", 5 * DOLLAR);
    assertThat(lowered.spentMicroUsd()).isEqualTo(6 * DOLLAR);
    assertThat(lowered.open()).isFalse();
    assertThat(worker.take(5)).isEmpty();

    ProjectQueue raised = queues().limit(org, "web", new QueueLimits(3, 7 * DOLLAR), BY);
    assertThat(raised.spentMicroUsd()).isEqualTo(6 * DOLLAR);
    assertThat(worker.take(5)).containsExactly("b");
  }

  @Test
  void a_raised_budget_leaves_no_midnight_behind() {
    budget("web", DOLLAR);
    run(worker, work("a").project("web"), 2 * DOLLAR);
    budget("web", 10 * DOLLAR);

    jump(untilMidnight());

    assertThat(sweepStep().due()).isZero();
    assertThat(queueOf("web").spentMicroUsd()).isZero();
  }

  @Test
  void a_budget_lowered_on_another_day_starts_from_nothing() {
    budget("web", 10 * DOLLAR);
    run(worker, work("a").project("web"), 6 * DOLLAR);
    jump(untilMidnight());

    ProjectQueue lowered = budget("web", 5 * DOLLAR);

    assertThat(lowered.spentMicroUsd()).isZero();
    assertThat(lowered.open()).isTrue();
  }

  @Test
  void the_same_limits_on_another_day_change_nothing() {
    budget("web", DOLLAR);
    run(worker, work("a").project("web"), DOLLAR);
    jump(untilMidnight());

    audited(() -> budget("web", DOLLAR));

    assertThat(queueOf("web").open()).isFalse();
  }

  @Test
  void a_budget_of_nothing_keeps_its_queue_closed() {
    enqueue(work("a").project("web"));

    assertThat(budget("web", 0).open()).isFalse();
    assertThat(worker.take(5)).isEmpty();
    jump(untilMidnight());
    assertThat(sweepStep().due()).isEqualTo(1);
    assertThat(sweepStep().due()).as("until the next midnight").isZero();

    assertThat(queueOf("web").open()).isFalse();
    assertThat(worker.take(5)).isEmpty();
    jump(untilMidnight());
    assertThat(sweepStep().due()).isEqualTo(1);
  }

  @Test
  void a_report_that_names_no_cost_leaves_it_and_one_of_none_resets_it() {
    claim("a");

    worker.report("a", SessionState.RUNNING, 2 * DOLLAR);
    worker.start("a");
    assertThat(session("a").costMicroUsd()).isEqualTo(2 * DOLLAR);
    worker.report("a", SessionState.RUNNING, 0);
    assertThat(session("a").costMicroUsd()).isZero();
  }

  private void run(KitWorker worker, WorkBuilder work, long cost) {
    claim(worker, work);
    worker.report(work.id(), SessionState.COMPLETED, cost);
  }
}
