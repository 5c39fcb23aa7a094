package dev.sluice.backend.tck.claims;

import static dev.sluice.backend.tck.WorkBuilder.work;
import static org.assertj.core.api.Assertions.assertThat;

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

/** docs/rules.md, "Who owns a session": a claim lost by time comes back to its last owner. */
abstract class ReattachCases extends Fixture {

  @Test
  void a_report_after_a_lost_lease_brings_the_claim_back_under_a_new_token() {
    KitWorker worker = worker().register();
    ClaimedWork lost = loseByLease(worker, work("a"));
    jump(MOMENT);

    StatusResult result = worker.report("a", SessionState.RUNNING);

    assertThat(result.reattached()).isTrue();
    assertThat(result.transition()).isEqualTo(Transition.ADVANCE);
    assertThat(result.session()).isEqualTo(session("a"));
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
    KitWorker worker = worker().register();
    claim(worker, work("a"));
    passBeating(ACCEPT, worker);
    assertSession("a").isReady();

    assertThat(worker.report("a", SessionState.RUNNING).reattached()).isTrue();

    assertSession("a").isRunningOn(worker).hasAttempts(1);
  }

  @Test
  void an_acknowledgement_brings_the_claim_back_too() {
    KitWorker worker = worker().register();
    enqueue(work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.claim("a");
    pass(LEASE);

    assertThat(worker.ack(message)).isTrue();

    assertSession("a").isClaimedBy(worker).isAccepted();
  }

  @Test
  void a_reattached_claim_is_kept_like_any_other() {
    KitWorker worker = worker().register();
    loseByLease(worker, work("a"));
    worker.report("a", SessionState.RUNNING);
    assertThat(worker.report("a", SessionState.RUNNING).reattached()).isFalse();

    passBeating(Duration.ofMinutes(10), worker);
    assertSession("a").isRunningOn(worker).hasAttempts(1);

    pass(LEASE);
    assertSession("a").isReady().hasAttempts(2);
    assertThat(worker.report("a", SessionState.RUNNING).reattached()).isTrue();
  }

  @Test
  void a_terminal_status_is_taken_too() {
    KitWorker worker = worker().register();
    loseByLease(worker, work("a"));

    StatusResult result = worker.report("a", SessionState.COMPLETED, Map.of("result", "\"done\""));

    assertThat(result.reattached()).isTrue();
    assertThat(result.transition()).isEqualTo(Transition.ADVANCE);
    assertSession("a").hasEnded(SessionState.COMPLETED).isOwnedBy(worker);
    assertThat(session("a").fields()).containsEntry("result", "\"done\"");
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(counts().waiting() + counts().claimed()).isZero();
  }

  @Test
  void what_was_reported_before_is_kept() {
    KitWorker worker = worker().register();
    claim(worker, work("a"));
    worker.report("a", SessionState.RUNNING, Map.of("cost", "1.5"));
    pass(LEASE);

    worker.report("a", SessionState.RUNNING, Map.of("turns", "7"));

    assertThat(session("a").fields()).containsEntry("cost", "1.5").containsEntry("turns", "7");
  }

  @Test
  void a_claim_comes_back_beyond_the_capacity_of_its_worker() {
    KitWorker worker = worker().capacity(1).register();
    loseByLease(worker, work("b"));
    claim(worker, work("a"));

    assertThat(worker.report("b", SessionState.RUNNING).reattached()).isTrue();

    assertThat(worker.activeSessions()).containsExactly("a", "b");
    enqueue(work("c"));
    worker.report("a", SessionState.COMPLETED);
    assertThat(worker.take(5)).as("still full").isEmpty();
    worker.report("b", SessionState.COMPLETED);
    assertThat(worker.take(5)).containsExactly("c");
  }

  @Test
  void a_draining_worker_keeps_what_it_runs() {
    KitWorker worker = worker().register();
    loseByLease(worker, work("a"));
    worker.beat(1, null, true);

    assertThat(worker.report("a", SessionState.RUNNING).reattached()).isTrue();
  }

  @Test
  void a_token_must_be_that_of_the_lost_claim() {
    KitWorker worker = worker().register();
    ClaimedWork older = loseByLease(worker, work("a"));
    ClaimedWork lost = worker.claim("a");
    pass(LEASE);

    assertThat(
            refused(
                    Refusal.NOT_OWNER,
                    () -> worker.withToken(older.token()).report("a", SessionState.RUNNING))
                .owner())
        .isNull();
    assertThat(worker.withToken(lost.token()).report("a", SessionState.RUNNING).reattached())
        .isTrue();
  }

  @Test
  void the_token_of_the_lost_claim_is_an_older_one_afterwards() {
    KitWorker worker = worker().register();
    ClaimedWork lost = loseByLease(worker, work("a"));
    long token = worker.report("a", SessionState.RUNNING).session().token();

    refusedLate("a", () -> worker.withToken(lost.token()).report("a", SessionState.COMPLETED));
    worker.withToken(token).report("a", SessionState.COMPLETED);
  }

  @Test
  void not_when_another_worker_has_claimed_it() {
    KitWorker worker = worker().register();
    KitWorker other = worker().register();
    loseByLease(worker, work("a"));
    other.claim("a");

    assertThat(refused(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.RUNNING)).owner())
        .isEqualTo(other.id());
  }

  @Test
  void not_when_another_worker_has_claimed_and_returned_it() {
    KitWorker worker = worker().register();
    KitWorker other = worker().register();
    loseByLease(worker, work("a"));
    other.claim("a");
    other.nack("a");
    refused(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.RUNNING));

    pass(BACK_OFF);
    assertSession("a").isReady();

    assertThat(refused(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.RUNNING)).owner())
        .isNull();
  }

  @Test
  void not_after_a_nack() {
    KitWorker worker = worker().register();
    claim(worker, work("a"));
    worker.nack("a");
    refused(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.RUNNING));

    pass(BACK_OFF);

    refused(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.RUNNING));
  }

  @Test
  void not_for_a_worker_that_deregistered() {
    KitWorker worker = worker().register();
    loseByLease(worker, work("a"));
    claim(worker, work("b").priority(1));
    worker.deregister();

    refused(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.RUNNING));
    refused(Refusal.NOT_OWNER, () -> worker.report("b", SessionState.RUNNING));
  }

  @Test
  void not_for_another_worker() {
    KitWorker other = worker().register();
    loseByLease(worker().register(), work("a"));

    refused(Refusal.NOT_OWNER, () -> other.report("a", SessionState.RUNNING));
  }

  @Test
  void not_by_a_nack() {
    KitWorker worker = worker().register();
    loseByLease(worker, work("a"));

    assertThat(refused(Refusal.NOT_OWNER, () -> worker.nack("a")).owner()).isNull();

    assertThat(worker.report("a", SessionState.RUNNING).reattached()).isTrue();
  }

  @Test
  void not_when_it_was_stopped_meanwhile() {
    KitWorker worker = worker().register();
    loseByLease(worker, work("a"));
    stop("a");

    assertThat(refused(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.RUNNING)).owner())
        .isNull();
    assertSession("a").hasEnded(SessionState.STOPPED);
  }

  /** A claim that its worker lost by silence. */
  private ClaimedWork loseByLease(KitWorker worker, WorkBuilder work) {
    ClaimedWork claimed = claim(worker, work);
    pass(LEASE);
    assertSession(work.id()).isReady();
    return claimed;
  }
}
