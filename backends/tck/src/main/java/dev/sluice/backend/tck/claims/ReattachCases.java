package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.workers.ClaimedWork;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Who owns a session". */
abstract class ReattachCases extends Fixture {

  @Test
  void a_report_after_a_lost_lease_brings_the_claim_back_under_a_new_token() {
    ClaimedWork lost = loseByLease(worker, work("a"));
    jump(MOMENT);

    StatusResult result = worker.start("a");

    assertThat(result.reattached()).isTrue();
    assertThat(result.transition()).isEqualTo(Transition.ADVANCE);
    assertThat(result.session()).isEqualTo(row("a"));
    assertSession("a").isRunningOn(worker).hasAttempts(1);
    Session session = session("a");
    assertThat(session.token()).isGreaterThan(lost.token());
    assertThat(session.claimedAtMs()).isEqualTo(clock.now());
    assertThat(session.startedAtMs()).isEqualTo(clock.now());
    assertThat(worker.activeSessions()).containsExactly("a");
    assertThat(counts().claimed()).isEqualTo(1);
    assertThat(counts().ready()).isZero();
    assertThat(worker().register().take(5)).isEmpty();
  }

  @Test
  void a_report_after_a_missed_accept_brings_the_claim_back() {
    claim("a");
    passBeating(ACCEPT, worker);
    assertSession("a").isReady();

    assertThat(worker.start("a").reattached()).isTrue();

    assertSession("a").isRunningOn(worker).hasAttempts(1);
  }

  @Test
  void an_acknowledgement_brings_the_claim_back_too() {
    enqueue(work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.claim("a");
    pass(LEASE);

    assertThat(worker.ack(message)).isTrue();

    assertSession("a").isClaimedBy(worker).isAccepted();
  }

  @Test
  void a_reattached_claim_is_kept_like_any_other() {
    loseByLease(worker, work("a"));
    worker.start("a");
    assertThat(worker.start("a").reattached()).isFalse();

    passBeating(Duration.ofMinutes(10), worker);
    assertSession("a").isRunningOn(worker).hasAttempts(1);

    pass(LEASE);
    assertSession("a").isReady().hasAttempts(2);
    assertThat(worker.start("a").reattached()).isTrue();
  }

  @Test
  void a_terminal_status_is_taken_too() {
    loseByLease(worker, work("a"));

    StatusResult result = worker.report("a", SessionState.COMPLETED, Map.of("result", "\"done\""));

    assertThat(result.reattached()).isTrue();
    assertThat(result.transition()).isEqualTo(Transition.ADVANCE);
    assertSession("a").isCompleted().isOwnedBy(worker);
    assertThat(session("a").fields()).containsEntry("result", "\"done\"");
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(counts().waiting() + counts().claimed()).isZero();
  }

  @Test
  void a_claim_comes_back_beyond_the_capacity_of_its_worker() {
    KitWorker worker = worker().capacity(1).register();
    loseByLease(worker, work("b"));
    claim(worker, work("a"));

    assertThat(worker.start("b").reattached()).isTrue();

    assertThat(worker.activeSessions()).containsExactly("a", "b");
    enqueue(work("c"));
    worker.complete("a");
    assertThat(worker.take(5)).as("still full").isEmpty();
    worker.complete("b");
    assertThat(worker.take(5)).containsExactly("c");
  }

  @Test
  void a_draining_worker_keeps_what_it_runs() {
    loseByLease(worker, work("a"));
    worker.beat(1, null, true);

    assertThat(worker.start("a").reattached()).isTrue();
  }

  @Test
  void a_token_must_be_that_of_the_lost_claim() {
    ClaimedWork older = loseByLease(worker, work("a"));
    ClaimedWork lost = worker.claim("a");
    pass(LEASE);

    assertThat(refused(Refusal.NOT_OWNER, () -> worker.withToken(older.token()).start("a")).owner())
        .isNull();
    assertThat(worker.withToken(lost.token()).start("a").reattached()).isTrue();
  }

  @Test
  void the_token_of_the_lost_claim_is_an_older_one_afterwards() {
    ClaimedWork lost = loseByLease(worker, work("a"));
    long token = worker.start("a").session().token();

    refusedLate("a", () -> worker.withToken(lost.token()).complete("a"));
    worker.withToken(token).complete("a");
  }

  @Test
  void not_when_another_worker_has_claimed_it() {
    loseByLease(worker, work("a"));
    other.claim("a");

    refusedAsOwnedBy(other, () -> worker.start("a"));
  }

  @Test
  void not_when_another_worker_has_claimed_and_returned_it() {
    loseByLease(worker, work("a"));
    other.claim("a");
    other.nack("a");
    refused(Refusal.NOT_OWNER, () -> worker.start("a"));

    pass(BACK_OFF);
    assertSession("a").isReady();

    refusedAsOwnedBy(null, () -> worker.start("a"));
  }

  @Test
  void not_by_a_nack() {
    loseByLease(worker, work("a"));

    refusedAsOwnedBy(null, () -> worker.nack("a"));

    assertThat(worker.start("a").reattached()).isTrue();
  }

  @Test
  void not_when_it_was_stopped_meanwhile() {
    loseByLease(worker, work("a"));
    stop("a");

    refusedAsOwnedBy(null, () -> worker.start("a"));
    assertSession("a").isStopped();
  }

  private ClaimedWork loseByLease(KitWorker worker, WorkBuilder work) {
    ClaimedWork claimed = claim(worker, work);
    pass(LEASE);
    assertSession(work.id()).isReady();
    return claimed;
  }
}
