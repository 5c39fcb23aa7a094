package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Who owns a session". */
abstract class ReattachRuleCases extends Fixture {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void each_call_brings_it_back_with_what_was_reported(OwnerCall call) {
    claim("a");
    worker.report("a", SessionState.RUNNING, Map.of("turns", "7"), 1_500);
    Session before = session("a");
    pass(LEASE);
    assertSession("a").isReady();
    jump(MOMENT);

    call.of(worker, "a");

    Session after = session("a");
    assertSession("a").isOwnedBy(worker).isAccepted().hasAttempts(1);
    assertThat(after.place()).isEqualTo(Place.CLAIMED);
    assertThat(after.token()).isGreaterThan(before.token());
    assertThat(after.fields()).isEqualTo(before.fields());
    assertThat(after.costMicroUsd()).isEqualTo(1_500);
    assertThat(after.startedAtMs()).isEqualTo(before.startedAtMs());
    assertThat(after.claimedAtMs()).isEqualTo(clock.now());
    assertThat(after.lastSignMs()).isEqualTo(clock.now());
    assertThat(worker.activeSessions()).containsExactly("a");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void beyond_capacity_cap_and_pause(OwnerCall call) {
    KitWorker worker = worker().capacity(1).register();
    claim(worker, work("a").project("web"));
    passBeating(LEASE, other);
    claim(worker, work("own").priority(1));
    claim(other, work("b").project("web").priority(1));
    cap("web", 1);
    pause("web", 0);

    call.of(worker, "a");

    assertSession("a").isOwnedBy(worker);
    assertThat(worker.activeSessions()).containsExactly("a", "own");
    assertThat(queueOf("web").counts().claimed()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void from_behind_its_issue_too(OwnerCall call) {
    claim(worker, work("a").issue("i"));
    pass(LEASE);
    enqueue(work("better").issue("i").priority(1));
    assertSession("a").isParked();

    call.of(worker, "a");

    assertSession("a").isOwnedBy(worker);
    assertSession("better").isParked();
    assertThat(worker().register().take(5)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void not_while_another_session_of_its_issue_is_claimed(OwnerCall call) {
    claim(worker, work("a").issue("i"));
    passBeating(LEASE, other);
    claim(other, work("better").issue("i").priority(1));

    refusedAsOwnedBy(null, () -> call.of(worker, "a"));

    other.complete("better");
    call.of(worker, "a");
    assertSession("a").isOwnedBy(worker);
  }

  @Test
  void not_while_another_session_of_its_issue_is_being_stopped() {
    claim(worker, work("a").issue("i"));
    passBeating(LEASE, other);
    claim(other, work("better").issue("i").priority(1));
    stop("better");

    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));

    other.report("better", SessionState.STOPPED);
    worker.touch("a");
  }

  enum Ending {
    NACK,
    REQUEUE,
    DEREGISTRATION
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void not_after_it_left_its_worker_otherwise(Ending ending) {
    claim("a");
    switch (ending) {
      case NACK -> worker.nack("a");
      case REQUEUE -> requeue("a");
      case DEREGISTRATION -> {
        worker.deregister();
        worker.register();
      }
    }

    for (OwnerCall call : OwnerCall.values()) {
      refusedAsOwnedBy(null, () -> call.of(worker, "a"));
    }
    pass(BACK_OFF);
    assertSession("a").isReady();
    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
  }

  @Test
  void not_after_another_claim_of_it_was_requeued_by_hand() {
    claim("a");
    passBeating(LEASE, other);
    other.claim("a");
    requeue("a");

    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
    refused(Refusal.NOT_OWNER, () -> other.touch("a"));
  }

  @Test
  void only_to_the_one_that_lost_it_last() {
    other.register();
    claim("a");
    passBeating(LEASE, other);
    other.claim("a");
    pass(LEASE);

    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
    other.touch("a");
    assertSession("a").isClaimedBy(other).hasAttempts(2);
  }

  @Test
  void not_to_a_worker_whose_record_is_gone() {
    claim("a");
    pass(LEASE);
    worker.deregister();

    for (OwnerCall call : OwnerCall.values()) {
      refused(Refusal.NOT_OWNER, () -> call.of(worker, "a"));
    }
  }

  @Test
  void another_order_changes_nothing_of_the_right_to_come_back() {
    claim("a");
    pass(LEASE);
    reprioritise("a", 9);
    front("a");

    worker.touch("a");

    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void a_lost_claim_may_come_back_after_days() {
    claim("a");
    pass(LEASE);
    worker.beat();
    jump(Duration.ofDays(3));
    worker.beat();

    worker.touch("a");

    assertSession("a").isClaimedBy(worker).hasAttempts(1);
  }

  @Test
  void of_its_last_owner_and_another_worker_at_once_one_gets_it() {
    claim("a");
    passBeating(LEASE, other);

    Together.all(
        2,
        caller -> {
          try {
            return caller == 0 ? worker.touch("a") : other.take(1);
          } catch (RefusedException e) {
            return e.refusal();
          }
        });

    assertThat(worker.activeSessions().size() + other.activeSessions().size()).isEqualTo(1);
    assertThat(counts().claimed()).isEqualTo(1);
    assertThat(session("a").owner()).isIn(worker.id(), other.id());
  }
}
