package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.workers.Heartbeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

abstract class LostAnswerCases extends Fixture {

  private void count(KitWorker worker, int sessions) {
    jump(MOMENT);
    worker.count(sessions);
  }

  @Test
  void two_heartbeats_that_count_fewer_sessions_return_what_was_never_received() {
    claim("a");

    count(worker, 0);
    assertSession("a").isClaimedBy(worker);
    count(worker, 0);

    assertSession("a").isReady().hasAttempts(1).hasNacks(0).hasPosition(1);
    assertThat(worker.activeSessions()).isEmpty();
    Event line = timeline("a").get(timeline("a").size() - 1);
    assertThat(line.kind()).isEqualTo(Event.Kind.ACCEPT_MISSED);
    assertThat(line.workerId()).isEqualTo(worker.id());
    assertThat(line.detail()).isEqualTo("2 heartbeats counted 0 of 1 sessions");
  }

  @Test
  void only_what_waits_for_acceptance_returns() {
    enqueue(works("a-", 3));
    assertThat(worker.take(1)).containsExactly("a-001");
    worker.start("a-001");
    assertThat(worker.take(2)).containsExactly("a-002", "a-003");

    count(worker, 1);
    count(worker, 1);

    assertSession("a-001").isRunningOn(worker);
    assertSession("a-002").isReady().hasAttempts(1);
    assertSession("a-003").isReady().hasAttempts(1);
    assertThat(timeline("a-002").get(2).detail()).isEqualTo("2 heartbeats counted 1 of 3 sessions");
  }

  @Test
  void a_stopping_session_counts_as_accepted() {
    enqueue(work("a"), work("b"));
    assertThat(worker.take(2)).hasSize(2);
    stop("a");

    count(worker, 1);
    count(worker, 1);

    assertSession("a").isStoppingOn(worker);
    assertSession("b").isReady().hasAttempts(1);
  }

  @Test
  void a_count_that_fits_starts_again() {
    claim("a");
    count(worker, 0);
    count(worker, 1);
    count(worker, 0);
    assertSession("a").isClaimedBy(worker);

    count(worker, 0);

    assertSession("a").isReady();
  }

  @Test
  void an_acceptance_starts_again() {
    enqueue(work("a"), work("b"));
    assertThat(worker.take(2)).hasSize(2);
    count(worker, 0);
    worker.start("a");

    count(worker, 1);
    assertSession("b").isClaimedBy(worker);
    count(worker, 1);

    assertSession("b").isReady();
  }

  @Test
  void a_session_that_the_worker_counts_beside_its_accepted_ones_may_be_the_new_one() {
    enqueue(work("a"), work("b"));
    worker.claim("a");
    worker.start("a");
    worker.claim("b");

    count(worker, 2);
    count(worker, 2);

    assertSession("b").isClaimedBy(worker);
  }

  @Test
  void both_heartbeats_come_after_the_claim() {
    enqueue(work("a"), work("b"));
    worker.claim("a");
    count(worker, 0);
    worker.claim("b");

    count(worker, 0);
    assertSession("a").isReady();
    assertSession("b").isClaimedBy(worker);
    count(worker, 0);

    assertSession("b").isReady().hasAttempts(1);
  }

  @Test
  void a_heartbeat_in_the_moment_of_a_claim_may_have_come_before_it() {
    claim("a");
    worker.count(0);
    count(worker, 0);
    assertSession("a").isClaimedBy(worker);

    count(worker, 0);

    assertSession("a").isReady();
  }

  @Test
  void a_sign_of_life_that_counts_nothing_proves_nothing() {
    claim("a");
    count(worker, 0);
    jump(MOMENT);
    worker.beat(new Heartbeat(0, null, null, null, null, null, false));

    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void what_came_back_is_attached_again_if_its_worker_has_it_after_all() {
    claim("a");
    count(worker, 0);
    count(worker, 0);

    worker.start("a");

    assertSession("a").isRunningOn(worker).hasAttempts(1);
  }

  @Test
  void a_snake_case_worker_still_accepts_by_its_count() {
    KitWorker snake = worker().speaking(Dialect.SNAKE_CASE).register();
    claim(snake, work("a"));

    count(snake, 0);
    count(snake, 1);
    count(snake, 0);
    count(snake, 0);

    assertSession("a").isClaimedBy(snake);
  }

  @Test
  void a_retired_worker_is_gone_with_its_last_claim() {
    KitWorker old = worker().registeredBy("k").on("m").register();
    claim(old, work("a"));
    worker().registeredBy("k").on("m").register();

    count(old, 0);
    count(old, 0);

    assertSession("a").isReady();
    assertThat(allWorkers()).hasSize(1);
  }

  @Test
  void one_attempt_too_many_ends_the_session() {
    claim("a");
    for (int n = 1; n < RULES.tries().maxAttempts(); n++) {
      count(worker, 0);
      count(worker, 0);
      worker.undrain();
      worker.claim("a");
    }
    count(worker, 0);
    count(worker, 0);

    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS);
  }

  // No-shows

  private static final Duration SETTLED = Duration.ofMillis(2L * RULES.outageGapMs());

  private KitWorker watched() {
    sweep();
    KitWorker worker = worker().register();
    passBeating(SETTLED, worker);
    return worker;
  }

  @Test
  void a_lost_answer_is_one_no_show() {
    KitWorker worker = watched();
    enqueue(work("a"), work("b"));
    assertThat(worker.take(2)).hasSize(2);
    pass(MOMENT);
    count(worker, 0);
    count(worker, 0);

    assertSession("a").isReady();
    assertSession("b").isReady();
    assertThat(worker.record().noShows()).isEqualTo(1);
  }

  @Test
  void lost_answers_in_a_row_quarantine_the_worker() {
    KitWorker worker = watched();
    enqueue(work("a"));
    for (int n = 0; n < RULES.tries().noShows(); n++) {
      worker.claim("a");
      pass(MOMENT);
      count(worker, 0);
      count(worker, 0);
    }

    assertThat(worker.record().quarantinedUntilMs()).isGreaterThan(clock.now());
    assertThat(worker.take(1)).isEmpty();
  }

  @Test
  void what_an_outage_may_have_lost_is_no_no_show() {
    KitWorker worker = watched();
    claim(worker, work("a"));
    jump(SETTLED);

    count(worker, 0);
    count(worker, 0);

    assertSession("a").isReady().hasAttempts(1);
    assertThat(worker.record().noShows()).as("nothing has swept for a while").isZero();
  }

  @Test
  void what_was_handed_out_since_the_last_sweep_is_no_no_show() {
    KitWorker worker = watched();
    claim(worker, work("a"));

    count(worker, 0);
    count(worker, 0);

    assertSession("a").isReady().hasAttempts(1);
    assertThat(worker.record().noShows()).isZero();
  }
}
