package dev.sluice.backend.tck.work;

import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Enqueue" and "Due entries". */
abstract class LaterCases extends Fixture {

  private static final Duration WHILE = Duration.ofMinutes(10);

  @Test
  void work_is_not_handed_out_before_its_time() {
    worker.register();
    long time = clock.now() + WHILE.toMillis();

    assertThat(enqueue(work("a").notBefore(time).priority(1))).isEqualTo(pending("a", 0));

    assertSession("a").isLater();
    assertThat(session("a").notBeforeMs()).isEqualTo(time);
    assertCounts(0, 0, 1, 0, 0, 0);
    assertThat(worker.beat()).as("it waits").isEqualTo(1);
    enqueue(work("b"));
    assertSession("b").hasPosition(1);
    assertThat(worker.take(5)).containsExactly("b");
    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.LATER);
  }

  @Test
  void a_poll_hands_it_out_when_its_time_has_come() {
    worker.register();
    enqueue(work("a").notBefore(clock.now() + WHILE.toMillis()).priority(1), work("b"));

    jump(WHILE.minus(MOMENT));
    assertThat(worker.take(1)).containsExactly("b");
    jump(MOMENT);
    assertSession("a").isLater();
    assertThat(worker.claimByName("a").denial())
        .as("until its time is handled")
        .isEqualTo(ClaimDenial.LATER);

    assertThat(worker.take(1)).containsExactly("a");
  }

  @Test
  void a_sweep_makes_it_ready_when_its_time_has_come() {
    enqueue(work("a").notBefore(clock.now() + WHILE.toMillis()));

    jump(WHILE.minus(MOMENT));
    assertThat(sweepStep().due()).isZero();
    assertSession("a").isLater();
    jump(MOMENT);
    long before = seq();
    assertThat(sweepStep().due()).isEqualTo(1);

    assertSession("a").isReady().hasPosition(1);
    assertThat(seq()).isEqualTo(before + 1);
    assertThat(session("a").notBeforeMs()).as("stays what was enqueued").isEqualTo(clock.now());
    assertThat(sweepStep().due()).isZero();
  }

  @Test
  void a_time_that_has_come_is_none() {
    enqueue(work("a").notBefore(clock.now()), work("b").notBefore(1));

    assertSession("a").isReady();
    assertThat(worker().register().take(5)).containsExactly("a", "b");
  }

  @Test
  void it_takes_its_place_by_score_and_not_by_its_time() {
    long now = clock.now();
    enqueue(
        work("c").priority(3),
        work("a").priority(1).notBefore(now + 2),
        work("b").priority(2).notBefore(now + 1));
    jump(Duration.ofMillis(2));

    assertThat(worker().register().take(5)).containsExactly("a", "b", "c");
  }

  @Test
  void the_same_again_is_a_duplicate_before_and_after_its_time() {
    enqueue(work("a").notBefore(clock.now() + WHILE.toMillis()));

    withoutTrace(
        () -> {
          Enqueued again = enqueue(work("a").notBefore(clock.now() + WHILE.toMillis()));
          assertThat(again).isEqualTo(repeated("a", SessionState.PENDING, 0));
        });
    jump(WHILE);
    assertThat(enqueue(work("a")).position()).isZero();
    sweep();
    assertThat(enqueue(work("a")).position()).isEqualTo(1);
  }

  @Test
  void it_may_be_stopped_before_its_time() {
    enqueue(work("a").notBefore(clock.now() + WHILE.toMillis()));

    stop("a");

    assertSession("a").isStopped().hasNoOwner();
    jump(WHILE);
    assertThat(sweepStep().due()).as("its time went with it").isZero();
    assertThat(worker().register().take(5)).isEmpty();
  }

  @Test
  void its_priority_may_be_changed_before_its_time() {
    enqueue(
        work("a").priority(5).notBefore(clock.now() + WHILE.toMillis()),
        work("b").priority(5).notBefore(clock.now() + WHILE.toMillis()),
        work("c").priority(3));

    reprioritise("a", 1);
    front("b");
    assertSession("a").isLater();
    assertSession("b").isLater();

    jump(WHILE);
    assertThat(worker().register().take(5)).containsExactly("b", "a", "c");
  }

  @Test
  void its_time_counts_once() {
    worker.register();
    enqueue(work("a").notBefore(clock.now() + WHILE.toMillis()));
    jump(WHILE);
    worker.claim("a");
    worker.nack("a");

    assertSession("a").isReturned();
    worker().register().claim("a");
  }
}
