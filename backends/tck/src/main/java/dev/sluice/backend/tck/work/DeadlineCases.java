package dev.sluice.backend.tck.work;

import static dev.sluice.backend.tck.WorkBuilder.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "What is due" and "Coming back": work that is given up on at a time. */
abstract class DeadlineCases extends Fixture {

  private static final Duration WHILE = Duration.ofMinutes(10);

  @Test
  void ready_work_dies_at_its_deadline() {
    long deadline = clock.now() + WHILE.toMillis();
    enqueue(work("a").deadline(deadline));
    assertThat(session("a").deadlineMs()).isEqualTo(deadline);

    jump(WHILE.minus(MOMENT));
    assertThat(sweepStep().due()).isZero();
    assertSession("a").isReady();
    jump(MOMENT);
    assertThat(sweepStep().due()).isEqualTo(1);

    assertSession("a").isDead(DeadReason.DEADLINE).hasAttempts(0);
    assertThat(session("a").endedAtMs()).isEqualTo(clock.now());
    assertThat(session("a").updatedAtMs()).isEqualTo(clock.now());
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 1));
    assertThat(worker().register().take(5)).isEmpty();
  }

  @Test
  void a_poll_gives_up_on_it_instead_of_handing_it_out() {
    KitWorker worker = worker().register();
    enqueue(work("a").deadline(clock.now() + WHILE.toMillis()), work("b"));

    jump(WHILE);
    assertThat(worker.take(5)).containsExactly("b");

    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void work_that_comes_too_late_dies_before_it_is_handed_out() {
    enqueue(work("a").deadline(clock.now()), work("b").deadline(1));
    assertSession("a").isReady();

    assertThat(worker().register().take(5)).isEmpty();

    assertSession("a").isDead(DeadReason.DEADLINE);
    assertSession("b").isDead(DeadReason.DEADLINE);
  }

  @Test
  void later_work_dies_before_its_time_too() {
    long now = clock.now();
    enqueue(work("a").deadline(now + 1_000).notBefore(now + 2_000));

    jump(Duration.ofMillis(1_000));
    sweep();

    assertSession("a").isDead(DeadReason.DEADLINE);
    jump(Duration.ofMillis(1_000));
    assertThat(sweepStep().due()).isZero();
  }

  @Test
  void parked_work_dies_behind_its_issue() {
    KitWorker worker = worker().register();
    enqueue(work("a").issue("i"), work("b").issue("i").deadline(clock.now() + 1_000));
    worker.claim("a");

    jump(Duration.ofMillis(1_000));
    sweep();

    assertSession("b").isDead(DeadReason.DEADLINE);
    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void returned_work_dies_and_takes_its_back_off_with_it() {
    KitWorker worker = worker().register();
    claim(worker, work("a").deadline(clock.now() + 1_000));
    worker.nack("a");

    jump(Duration.ofMillis(1_000));
    sweep();

    assertSession("a").isDead(DeadReason.DEADLINE).hasNacks(1);
    assertThat(session("a").nackedBy()).isNull();
    assertThat(session("a").returnUntilMs()).isZero();
    jump(BACK_OFF);
    assertThat(sweepStep().due()).isZero();
  }

  @Test
  void claimed_work_has_no_deadline() {
    KitWorker worker = worker().register();
    enqueue(
        work("a").deadline(clock.now() + WHILE.toMillis()),
        work("b").deadline(clock.now() + WHILE.toMillis()));
    assertThat(worker.take(5)).hasSize(2);
    worker.report("a", SessionState.RUNNING);
    worker.report("b", SessionState.RUNNING);
    stop("b");

    jump(WHILE);
    assertThat(sweepStep().due()).isZero();

    assertSession("a").isRunningOn(worker);
    assertSession("b").isStoppingOn(worker);
    worker.report("a", SessionState.COMPLETED);
    assertSession("a").hasEnded(SessionState.COMPLETED);
  }

  /** The ways in which a claim comes back by itself. */
  enum Return {
    LEASE_LOST,
    ACCEPT_MISSED,
    NACK,
    DEREGISTRATION
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_returns_after_its_deadline_dies(Return way) {
    KitWorker worker = worker().register();
    claim(worker, work("a").deadline(clock.now() + 1_000));
    passBeating(Duration.ofMillis(1_000), worker);
    assertSession("a").isClaimedBy(worker);

    switch (way) {
      case LEASE_LOST -> pass(LEASE);
      case ACCEPT_MISSED -> passBeating(ACCEPT, worker);
      case NACK -> assertThat(worker.nack("a")).isTrue();
      case DEREGISTRATION -> assertThat(worker.deregister()).containsExactly("a");
    }

    boolean lost = way == Return.LEASE_LOST || way == Return.ACCEPT_MISSED;
    assertSession("a")
        .isDead(DeadReason.DEADLINE)
        .hasAttempts(lost ? 1 : 0)
        .hasNacks(way == Return.NACK ? 1 : 0);
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 1));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_returns_before_its_deadline_waits_until_then(Return way) {
    KitWorker worker = worker().register();
    claim(worker, work("a").deadline(clock.now() + WHILE.toMillis()));

    switch (way) {
      case LEASE_LOST -> pass(LEASE);
      case ACCEPT_MISSED -> passBeating(ACCEPT, worker);
      case NACK -> worker.nack("a");
      case DEREGISTRATION -> worker.deregister();
    }

    assertThat(session("a").place().waits()).isTrue();
    pass(WHILE);
    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void a_lost_claim_that_died_does_not_come_back() {
    KitWorker worker = worker().register();
    claim(worker, work("a").deadline(clock.now() + LEASE.toMillis()));
    pass(LEASE);
    assertSession("a").isDead(DeadReason.DEADLINE);

    assertThat(refused(Refusal.NOT_OWNER, () -> worker.touch("a")).owner()).isNull();
    refusedLate("a", () -> worker.report("a", SessionState.COMPLETED));
    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void a_requeue_of_a_claimed_one_forgets_a_deadline_that_has_passed() {
    KitWorker worker = worker().register();
    claim(worker, work("a").deadline(clock.now() + 1_000));
    jump(Duration.ofMillis(1_000));

    requeue("a");

    assertSession("a").isReady();
    assertThat(session("a").deadlineMs()).isZero();
    assertThat(sweepStep().due()).isZero();
    worker.claim("a");
  }

  @Test
  void a_requeue_keeps_a_deadline_that_is_to_come() {
    KitWorker worker = worker().register();
    long deadline = clock.now() + WHILE.toMillis();
    claim(worker, work("a").deadline(deadline));

    requeue("a");
    assertThat(session("a").deadlineMs()).isEqualTo(deadline);
    stop("a");
    requeue("a");
    assertThat(session("a").deadlineMs()).isEqualTo(deadline);

    jump(WHILE);
    sweep();
    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void a_dead_one_that_is_requeued_has_no_deadline_any_more() {
    KitWorker worker = worker().register();
    enqueue(work("a").deadline(clock.now() + 1_000));
    jump(Duration.ofMillis(1_000));
    sweep();

    requeue("a");

    assertSession("a").isReady();
    assertThat(session("a").deadlineMs()).isZero();
    assertThat(session("a").dead()).isNull();
    jump(WHILE);
    assertThat(worker.take(5)).containsExactly("a");
  }
}
