package dev.sluice.backend.tck.claims;

import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.ClaimedWork;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Who owns a session" and "Sweep, by org". */
abstract class AcceptCases extends Fixture {

  private static final Duration LONG = Duration.ofMinutes(20);

  @Test
  void an_unaccepted_claim_is_requeued_though_its_worker_lives() {
    claim("a");

    passBeating(ACCEPT.minus(MOMENT), worker);
    assertSession("a").isClaimedBy(worker);
    pass(MOMENT);

    assertSession("a").isReady().hasAttempts(1).hasNacks(0).hasPosition(1);
    assertThat(session("a").updatedAtMs()).isEqualTo(clock.now());
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(worker.record().silent()).isFalse();
  }

  @Test
  void accepting_one_session_accepts_no_other() {
    enqueue(work("a"), work("b"));
    assertThat(worker.take(5)).hasSize(2);
    worker.start("a");

    passBeating(ACCEPT, worker);

    assertSession("a").isRunningOn(worker);
    assertSession("b").isReady().hasAttempts(1);
  }

  @Test
  void the_deadline_of_an_earlier_claim_takes_nothing() {
    other.register();
    claim("a");
    passBeating(ACCEPT.dividedBy(2), worker, other);
    worker.nack("a");
    other.claim("a");

    passBeating(ACCEPT.minus(MOMENT), worker, other);
    assertSession("a").isClaimedBy(other).hasAttempts(0);
    pass(MOMENT);
    assertSession("a").isReady().hasAttempts(1);
  }

  enum Acceptance {
    RUNNING,
    FINALIZING,
    ACK,
    ACK_OF_AN_UNKNOWN_MESSAGE
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void any_call_of_the_owner_about_a_session_accepts_it(Acceptance call) {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "are you there?");

    switch (call) {
      case RUNNING -> worker.start("a");
      case FINALIZING -> worker.report("a", SessionState.FINALIZING);
      case ACK -> assertThat(worker.ack(message)).isTrue();
      case ACK_OF_AN_UNKNOWN_MESSAGE -> {
        ackForOrg(message);
        assertThat(worker.ack(message)).isFalse();
      }
    }

    assertSession("a").isAccepted();
    passBeating(LONG, worker);
    assertSession("a").isOwnedBy(worker).hasAttempts(0);
  }

  @Test
  void heartbeats_and_polls_accept_nothing() {
    ClaimedWork claimed = claim("a");

    worker.beat(1, null, null);
    worker.take(5);

    assertThat(session("a").acceptByMs()).isEqualTo(claimed.acceptByMs());
  }

  @Test
  void what_others_do_about_a_session_accepts_nothing() {
    ClaimedWork claimed = claim("a");

    ackForOrg(send("a", MessageType.NUDGE, "are you there?"));

    assertThat(session("a").acceptByMs()).isEqualTo(claimed.acceptByMs());
  }

  @Test
  void a_go_daemon_has_fifteen_minutes() {
    KitWorker worker = daemon();
    ClaimedWork claimed = claim(worker, work("a"));
    Duration accept = Duration.ofMillis(RULES.acceptGoDaemonMs());
    assertThat(claimed.acceptByMs()).isEqualTo(clock.now() + accept.toMillis());

    passBeating(accept.minus(MOMENT), worker);
    assertSession("a").isClaimedBy(worker);
    pass(MOMENT);
    assertSession("a").isReady().hasAttempts(1);
  }

  @Test
  void a_snake_case_worker_accepts_by_a_count_that_covers_its_claims() {
    KitWorker worker = snake();
    enqueue(work("a"), work("b"));
    assertThat(worker.take(5)).hasSize(2);

    worker.beat(1, null, null);
    assertThat(session("a").acceptByMs()).isNotZero();
    assertThat(session("b").acceptByMs()).isNotZero();

    worker.beat(2, null, null);
    assertSession("a").isClaimedBy(worker).isAccepted();
    assertSession("b").isClaimedBy(worker).isAccepted();

    passBeating(LONG, worker);
    assertSession("a").isClaimedBy(worker).hasAttempts(0);
  }

  @Test
  void a_count_accepts_nothing_that_is_claimed_after_it() {
    KitWorker worker = snake();
    worker.beat(5, null, null);

    claim(worker, work("a"));

    assertThat(session("a").acceptByMs()).isNotZero();
  }
}
