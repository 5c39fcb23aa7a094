package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Register, heartbeat, sign of life" and "Sweep, by org". */
abstract class LeaseCases extends Fixture {

  @Test
  void a_silent_workers_claims_return_when_its_lease_is_over() {
    claim("a");
    worker.start("a");
    Session running = session("a");

    pass(LEASE.minus(MOMENT));
    assertSession("a").isRunningOn(worker);
    assertThat(worker.record().silent()).isFalse();
    pass(MOMENT);

    assertSession("a").isReady().hasAttempts(1).hasNacks(0).hasPosition(1);
    Session lost = session("a");
    assertThat(lost.updatedAtMs()).isEqualTo(clock.now());
    assertThat(lost.item()).isEqualTo(running.item());
    assertThat(lost.queuedAtMs()).isEqualTo(running.queuedAtMs());
    assertThat(lost.priority()).isEqualTo(running.priority());
    assertThat(worker.record().silent()).isTrue();
    assertThat(worker.activeSessions()).isEmpty();
  }

  @Test
  void a_long_silence_loses_a_claim_once() {
    claim("a");

    pass(LEASE.multipliedBy(4));

    assertSession("a").isReady().hasAttempts(1);
  }

  @Test
  void a_lost_session_goes_before_what_was_enqueued_after_it() {
    KitWorker silent = worker().register();
    claim(silent, work("b"));
    enqueue(work("c"), work("d"));

    passBeating(LEASE, other);

    assertThat(other.take(5)).as("alone").containsExactly("b");
    assertThat(other.take(5)).containsExactly("c", "d");
  }

  @Test
  void a_lease_holds_all_sessions_of_the_worker() {
    enqueue(work("quiet"), work("talking"));
    assertThat(worker.take(5)).hasSize(2);
    worker.start("quiet");
    for (int n = 0; n < 4; n++) {
      pass(LEASE.dividedBy(2));
      worker.start("talking");
    }

    assertSession("quiet").isRunningOn(worker);
    pass(LEASE);
    assertSession("quiet").isReady().hasAttempts(1);
    assertSession("talking").isReady().hasAttempts(1);
  }

  @Test
  void nothing_expires_without_a_sweep() {
    claim("a");
    sweep();
    pass(LEASE.minus(MOMENT));
    jump(MOMENT);

    assertThat(worker().register().take(5)).isEmpty();
    worker.beat();
    sweep();
    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void a_worker_without_claims_falls_silent_too_and_speaks_again() {
    worker.register();
    pass(LEASE);
    assertThat(worker.record().silent()).isTrue();

    worker.beat();

    assertThat(worker.record().silent()).isFalse();
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
  }

  @Test
  void a_worker_that_fell_silent_gets_work_again_by_its_poll() {
    worker.register();
    pass(LEASE);

    claim("a");
    pass(LEASE.minus(MOMENT));

    assertSession("a").isClaimedBy(worker);
    assertThat(worker.record().silent()).isFalse();
  }

  @Test
  void a_heartbeat_brings_nothing_back() {
    claim("a");
    pass(LEASE);

    worker.beat(1, null, null);

    assertSession("a").isReady();
    assertThat(worker.activeSessions()).isEmpty();
  }

  enum Sign {
    REGISTERING_AGAIN,
    HEARTBEAT,
    POLL,
    REPORT,
    REPEATED_REPORT,
    LATE_REPORT_ON_AN_ENDED_SESSION,
    CONFLICTING_REPORT_ON_AN_ENDED_SESSION,
    NACK_OF_ANOTHER_SESSION,
    ACK,
    ACK_OF_AN_UNKNOWN_MESSAGE
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_sign_of_life_renews_the_lease(Sign sign) {
    enqueue(work("kept"), work("ended"), work("other"));
    assertThat(worker.take(5)).hasSize(3);
    worker.start("kept");
    worker.complete("ended");
    Message message = send("kept", MessageType.NUDGE, "are you there?");
    pass(LEASE.minus(MOMENT));

    give(sign, worker, message);

    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
    pass(LEASE.minus(MOMENT));
    assertSession("kept").isRunningOn(worker);
    pass(MOMENT);
    assertSession("kept").isReady();
  }

  private static void give(Sign sign, KitWorker worker, Message message) {
    switch (sign) {
      case REGISTERING_AGAIN -> worker.register();
      case HEARTBEAT -> worker.beat();
      case POLL -> worker.take(0);
      case REPORT, REPEATED_REPORT -> worker.start("kept");
      case LATE_REPORT_ON_AN_ENDED_SESSION -> worker.start("ended");
      case CONFLICTING_REPORT_ON_AN_ENDED_SESSION -> worker.fail("ended");
      case NACK_OF_ANOTHER_SESSION -> worker.nack("other");
      case ACK -> worker.ack(message);
      case ACK_OF_AN_UNKNOWN_MESSAGE ->
          worker.ack(
              new Message(
                  "1-1",
                  "kept",
                  MessageType.NUDGE,
                  Lane.NORMAL,
                  "",
                  null,
                  null,
                  message.createdAtMs()));
    }
  }

  @Test
  void what_others_do_about_a_worker_is_no_sign_of_its_life() {
    other.register();
    enqueue(work("a"), work("b"));
    assertThat(worker.take(5)).hasSize(2);
    worker.start("a");
    pass(LEASE.minus(MOMENT));

    worker.record();
    ackForOrg(send("a", MessageType.NUDGE, "are you there?"));
    stop("b");
    refused(Refusal.NOT_OWNER, () -> other.start("a"));
    refused(Refusal.UNKNOWN_WORKER, () -> worker.by("another-key").beat());
    refused(Refusal.NOT_OWNER, () -> worker.withToken(1).start("a"));
    pass(MOMENT);

    assertSession("a").isReady();
    assertThat(worker.record().silent()).isTrue();
  }
}
