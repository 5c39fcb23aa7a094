package dev.sluice.backend.tck.claims;

import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that came back without a sign of its worker: docs/rules.md, "Choice of work". */
abstract class AloneCases extends Fixture {

  @BeforeEach
  void begin() {
    sweepOnce();
    other.register();
  }

  @Test
  void what_missed_its_accept_goes_out_alone() {
    enqueue(works("a-", 3));
    assertThat(worker.take(5)).hasSize(3);
    passBeating(ACCEPT, worker, other);
    enqueue(work("b"));

    assertThat(other.take(5)).containsExactly("a-001");
    assertThat(worker.take(5)).containsExactly("a-002");
    assertThat(other.take(5)).containsExactly("a-003");
    assertThat(other.take(5)).containsExactly("b");
  }

  @Test
  void what_was_lost_with_a_lease_before_any_sign_does_too() {
    enqueue(work("a"), work("b"));
    worker.claim("a");
    passBeating(LEASE, other);
    assertSession("a").isReady().hasAttempts(1);

    assertThat(other.take(5)).containsExactly("a");
    assertThat(other.take(5)).containsExactly("b");
  }

  @Test
  void an_answer_ends_before_it() {
    enqueue(work("lost").priority(5));
    worker.claim("lost");
    passBeating(ACCEPT, worker, other);
    enqueue(works("first-", 2));
    enqueue(work("last").priority(9));

    PollResult polled = other.poll(5);
    assertThat(polled.work())
        .extracting(ClaimedWork::sessionId)
        .containsExactly("first-001", "first-002");
    assertThat(polled.more()).isTrue();
    assertThat(other.take(5)).containsExactly("lost");
    assertThat(other.take(5)).containsExactly("last");
  }

  @Test
  void a_repeated_poll_brings_no_more() {
    enqueue(work("lost").priority(1), work("b"));
    worker.claim("lost");
    passBeating(ACCEPT, worker, other);
    PollResult polled = other.poll("r", 5);

    assertThat(other.poll("r", 5).work()).isEqualTo(polled.work()).hasSize(1);
  }

  @Test
  void what_its_worker_called_about_goes_out_with_others() {
    enqueue(work("a"), work("b"));
    worker.claim("a");
    jump(MOMENT);
    worker.touch("a");
    passBeating(LEASE, other);
    assertSession("a").isReady().hasAttempts(1);

    assertThat(other.take(5)).containsExactly("a", "b");
  }

  @Test
  void so_does_what_ran() {
    enqueue(work("a"), work("b"));
    worker.claim("a");
    worker.start("a");
    passBeating(LEASE, other);

    assertThat(other.take(5)).containsExactly("a", "b");
  }

  @Test
  void it_goes_out_alone_once() {
    enqueue(work("a"), work("b"), work("c"));
    worker.claim("a");
    passBeating(ACCEPT, worker, other);
    other.giveBack(other.claim("a"));
    assertThat(other.take(2)).containsExactly("a", "b");
    other.nack("a");

    assertThat(worker().register().take(5)).containsExactly("a", "c");
  }

  @Test
  void returned_work_goes_out_alone_too() {
    KitWorker third = worker().register();
    enqueue(work("a"));
    for (int nacks = 1; nacks <= 5; nacks++) {
      sweepAfter(BACK_OFF.multipliedBy(1L << (nacks - 1)));
      other.claim("a");
      other.nack("a");
    }
    sweepOnce();
    worker.claim("a");
    passBeating(LEASE, other, third);
    assertSession("a").isReturned();
    enqueue(work("b"));

    assertThat(third.take(5)).containsExactly("a");
    assertThat(third.take(5)).containsExactly("b");
  }
}
