package dev.sluice.backend.tck.work;

import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.work.DeadReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Due entries" and "Coming back". */
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
    assertCounts(0, 0, 0, 0, 0, 1);
    assertThat(worker().register().take(5)).isEmpty();
  }

  @Test
  void a_poll_gives_up_on_it_instead_of_handing_it_out() {
    worker.register();
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

    sweepAfter(Duration.ofMillis(1_000));

    assertSession("a").isDead(DeadReason.DEADLINE);
    jump(Duration.ofMillis(1_000));
    assertThat(sweepStep().due()).isZero();
  }

  @Test
  void parked_work_dies_behind_its_issue() {
    enqueue(work("a").issue("i"), work("b").issue("i").deadline(clock.now() + 1_000));
    worker.claim("a");

    sweepAfter(Duration.ofMillis(1_000));

    assertSession("b").isDead(DeadReason.DEADLINE);
    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void returned_work_dies_and_takes_its_back_off_with_it() {
    claim(worker, work("a").deadline(clock.now() + 1_000));
    worker.nack("a");

    sweepAfter(Duration.ofMillis(1_000));

    assertSession("a").isDead(DeadReason.DEADLINE).hasNacks(1);
    assertThat(session("a").nackedBy()).isNull();
    assertThat(session("a").returnUntilMs()).isZero();
    jump(BACK_OFF);
    assertThat(sweepStep().due()).isZero();
  }

  @Test
  void claimed_work_has_no_deadline() {
    enqueue(
        work("a").deadline(clock.now() + WHILE.toMillis()),
        work("b").deadline(clock.now() + WHILE.toMillis()));
    assertThat(worker.take(5)).hasSize(2);
    worker.start("a");
    worker.start("b");
    stop("b");

    jump(WHILE);
    assertThat(sweepStep().due()).isZero();

    assertSession("a").isRunningOn(worker);
    assertSession("b").isStoppingOn(worker);
    worker.complete("a");
    assertSession("a").isCompleted();
  }

  enum Return {
    LEASE_LOST,
    ACCEPT_MISSED,
    NACK,
    DEREGISTRATION
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_returns_after_its_deadline_dies(Return way) {
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
    assertCounts(0, 0, 0, 0, 0, 1);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_returns_before_its_deadline_waits_until_then(Return way) {
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
  void a_requeue_of_a_claimed_one_forgets_a_deadline_that_has_passed() {
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
    long deadline = clock.now() + WHILE.toMillis();
    claim(worker, work("a").deadline(deadline));

    requeue("a");
    assertThat(session("a").deadlineMs()).isEqualTo(deadline);
    stop("a");
    requeue("a");
    assertThat(session("a").deadlineMs()).isEqualTo(deadline);

    sweepAfter(WHILE);
    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void a_dead_one_that_is_requeued_has_no_deadline_any_more() {
    worker.register();
    enqueue(work("a").deadline(clock.now() + 1_000));
    sweepAfter(Duration.ofMillis(1_000));

    requeue("a");

    assertSession("a").isReady();
    assertThat(session("a").deadlineMs()).isZero();
    assertThat(session("a").dead()).isNull();
    jump(WHILE);
    assertThat(worker.take(5)).containsExactly("a");
  }
}
