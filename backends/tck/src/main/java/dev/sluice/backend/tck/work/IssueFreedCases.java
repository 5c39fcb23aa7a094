package dev.sluice.backend.tck.work;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Issues": changes are atomic. */
abstract class IssueFreedCases extends Fixture {

  enum End {
    COMPLETED,
    FAILED,
    STOPPED,
    FINALIZING_IN_THE_GRACE,
    COMPLETED_IN_THE_GRACE,
    ACKNOWLEDGED_STOP,
    SECOND_REFRESH_IN_THE_GRACE,
    DEREGISTERED_IN_THE_GRACE
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void the_end_of_a_claim_lets_the_next_best_go(End end) {
    enqueue(work("a").issue("i"), work("c").issue("i"), work("b").issue("i"));
    worker.claim("a");

    if (end.name().contains("GRACE") || end == End.ACKNOWLEDGED_STOP) {
      stop("a");
      assertSession("b").isParked();
    }
    switch (end) {
      case COMPLETED, FAILED, STOPPED -> worker.report("a", SessionState.valueOf(end.name()));
      case FINALIZING_IN_THE_GRACE -> worker.report("a", SessionState.FINALIZING);
      case COMPLETED_IN_THE_GRACE -> worker.complete("a");
      case ACKNOWLEDGED_STOP -> worker.ack(worker.read().get(0));
      case SECOND_REFRESH_IN_THE_GRACE -> {
        worker.refresh("a");
        assertSession("b").isParked();
        worker.refresh("a");
      }
      case DEREGISTERED_IN_THE_GRACE -> worker.deregister();
    }

    assertThat(session("a").place()).isEqualTo(Place.ENDED);
    assertSession("b").isReady().hasPosition(1);
    assertSession("c").isParked();
    assertThat(worker().register().take(5)).containsExactly("b");
  }

  @Test
  void the_end_of_the_grace_lets_the_next_best_go() {
    enqueue(work("a").issue("i"), work("b").issue("i"));
    worker.claim("a");
    worker.start("a");
    passBeating(LEASE, worker);
    stop("a");

    passBeating(GRACE.minus(MOMENT), worker);
    assertSession("b").isParked();
    pass(MOMENT);

    assertSession("b").isReady();
  }

  @Test
  void nothing_that_a_claim_goes_through_lets_another_go() {
    enqueue(work("a").issue("i"), work("b").issue("i"));
    worker.claim("a");

    worker.start("a");
    worker.touch("a");
    worker.refresh("a");
    worker.report("a", SessionState.FINALIZING);
    assertSession("b").isParked();
    stop("a");
    worker.start("a");

    assertSession("b").isParked();
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void a_lost_claim_contends_again_with_its_score() {
    enqueue(work("a").issue("i").priority(2), work("b").issue("i").priority(3));
    worker.claim("a");

    pass(LEASE);

    assertSession("a").isReady().hasAttempts(1);
    assertSession("b").isParked();
  }

  @Test
  void a_lost_claim_waits_behind_what_is_better_by_now() {
    enqueue(work("b").issue("i").priority(2));
    worker.claim("b");
    enqueue(work("a").issue("i").priority(1));

    pass(LEASE);

    assertSession("a").isReady();
    assertSession("b").isParked().hasAttempts(1);
  }

  @Test
  void a_missed_accept_a_deregistration_and_a_requeue_let_the_best_go() {
    enqueue(work("b").issue("i").priority(2));
    worker.claim("b");
    enqueue(work("a").issue("i").priority(1));
    passBeating(ACCEPT, worker, other);
    assertSession("a").isReady();
    assertSession("b").isParked();

    worker.claim("a");
    worker.deregister();
    assertSession("a").isReady();
    assertSession("b").isParked();

    other.claim("a");
    requeue("a");
    assertSession("a").isReady();
    assertSession("b").isParked();
  }

  @Test
  void a_late_end_of_a_lost_claim_lets_the_next_best_go() {
    enqueue(work("a").issue("i"), work("b").issue("i"));
    worker.claim("a");
    pass(LEASE);

    assertThat(worker.complete("a").reattached()).isTrue();

    assertSession("a").isCompleted();
    assertSession("b").isReady();
  }

  @Test
  void a_transferred_claim_holds_its_issue() {
    enqueue(work("a").issue("i"), work("b").issue("i"));
    worker.claim("a");

    other.takeOver("a", worker);

    assertSession("b").isParked();
    other.complete("a");
    assertSession("b").isReady();
  }

  @Test
  void a_nacked_best_keeps_the_others_waiting() {
    enqueue(work("a").issue("i"), work("b").issue("i"));
    worker.claim("a");

    worker.nack("a");

    assertSession("a").isReturned().hasPosition(1);
    assertSession("b").isParked();
    assertThat(worker.take(5)).as("nothing but its own nacked work").isEmpty();
    assertThat(other.take(5)).containsExactly("a");
  }

  @Test
  void nacked_work_that_is_parked_keeps_its_back_off() {
    other.register();
    enqueue(work("b").issue("i").priority(2));
    worker.claim("b");
    enqueue(work("a").issue("i").priority(1));
    worker.nack("b");
    assertSession("a").isReady();
    assertSession("b").isParked().hasNacks(1);
    assertThat(session("b").returnUntilMs()).isEqualTo(clock.now() + BACK_OFF.toMillis());
    assertThat(session("b").nackedBy()).isEqualTo(worker.id());
    assertThat(counts().returned()).isZero();
    withoutTrace(() -> assertThat(worker.nack("b")).as("repeated").isFalse());

    other.claim("a");
    other.complete("a");

    assertSession("b").isReturned();
    assertThat(worker.take(5)).isEmpty();
    assertThat(other.take(5)).containsExactly("b");
  }

  @Test
  void a_back_off_ends_while_its_work_is_parked() {
    enqueue(work("b").issue("i").priority(2));
    worker.claim("b");
    enqueue(work("a").issue("i").priority(1));
    worker.nack("b");

    sweepAfter(BACK_OFF);

    assertSession("b").isParked();
    assertThat(session("b").returnUntilMs()).isZero();
    stop("a");
    assertSession("b").isReady();
    assertThat(worker.take(5)).containsExactly("b");
  }

  @Test
  void standing_nacks_count_while_their_work_is_parked() {
    KitWorker worker = worker().capacity(100).register();
    claim(worker, work("kept").priority(1));
    for (int n = 0; n < RULES.maxReturns(); n++) {
      worker.touch("kept");
      enqueue(work("b-" + n).issue("issue-" + n).priority(2));
      worker.claim("b-" + n);
      enqueue(work("a-" + n).issue("issue-" + n).priority(1).needs("gpu"));
      worker.nack("b-" + n);
    }
    assertThat(counts().parked()).isEqualTo(RULES.maxReturns());
    enqueue(work("z"));

    assertThat(worker.take(5)).isEmpty();
    jump(BACK_OFF);
    assertThat(worker.take(5)).containsExactly("z");
  }

  @Test
  void later_work_does_not_contend_before_its_time() {
    long time = clock.now() + 1_000;
    enqueue(work("a").issue("i").priority(1).notBefore(time), work("b").issue("i").priority(2));

    assertSession("a").isLater();
    assertSession("b").isReady();
    assertThat(standing("a").behind()).isNull();

    sweepAfter(Duration.ofMillis(1_000));
    assertSession("a").isReady();
    assertSession("b").isParked();
  }

  @Test
  void later_work_whose_time_has_come_waits_behind_what_is_better_or_claimed() {
    long time = clock.now() + 1_000;
    enqueue(
        work("a").issue("i").priority(1).notBefore(time),
        work("b").issue("i").priority(2),
        work("c").issue("j").priority(2),
        work("d").issue("j").priority(3).notBefore(time));
    worker.claim("b");

    sweepAfter(Duration.ofMillis(1_000));

    assertSession("a").isParked();
    assertSession("d").isParked();
    worker.complete("b");
    assertSession("a").isReady();
  }

  @Test
  void a_claim_does_not_wait_for_later_work_of_its_issue() {
    enqueue(work("a").issue("i").notBefore(clock.now() + 1_000), work("b").issue("i").priority(9));

    assertThat(worker().register().take(5)).containsExactly("b");
  }

  @Test
  void a_death_lets_the_next_best_go() {
    enqueue(
        work("a").issue("i").priority(1).deadline(clock.now() + 1_000),
        work("b").issue("i").priority(2));

    sweepAfter(Duration.ofMillis(1_000));

    assertSession("a").isDead(DeadReason.DEADLINE);
    assertSession("b").isReady();
  }

  @Test
  void what_died_or_ended_and_is_requeued_contends_again() {
    worker.register();
    enqueue(
        work("a").issue("i").priority(1).deadline(clock.now() + 1_000),
        work("b").issue("i").priority(2),
        work("c").issue("i").priority(3));
    sweepAfter(Duration.ofMillis(1_000));
    worker.claim("b");

    requeue("a");
    assertSession("a").isParked();
    worker.complete("b");
    assertSession("a").isReady();
    requeue("b");

    assertSession("a").isReady();
    assertSession("b").isParked();
    assertSession("c").isParked();
  }
}
