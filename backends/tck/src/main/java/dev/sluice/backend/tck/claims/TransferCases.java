package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.ClaimedWork;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class TransferCases extends Fixture {

  private final KitWorker old = worker;
  private final KitWorker successor = other;

  @BeforeEach
  void registerBoth() {
    old.register();
    successor.register();
  }

  // 4. Claimed

  @Test
  void a_claim_goes_over_with_a_new_token_and_accepted() {
    ClaimedWork claimed = claim(old, work("a"));
    jump(MOMENT);

    Session answer = transfer("a", old, successor);

    assertThat(answer).isEqualTo(session("a"));
    assertSession("a").isClaimedBy(successor).isAccepted().hasAttempts(0).hasNacks(0);
    assertThat(answer.token()).isGreaterThan(claimed.token());
    assertThat(answer.claimedAtMs()).isEqualTo(clock.now());
    assertThat(answer.updatedAtMs()).isEqualTo(clock.now());
    assertThat(answer.lastSignMs()).isEqualTo(clock.now());
    assertThat(old.activeSessions()).isEmpty();
    assertThat(successor.activeSessions()).containsExactly("a");
    assertThat(counts().claimed()).isEqualTo(1);
  }

  @Test
  void state_fields_cost_and_start_stay() {
    claim(old, work("a"));
    old.report("a", SessionState.RUNNING, Map.of("turns", "7"), 1_500);
    old.report("a", SessionState.FINALIZING);
    Session before = session("a");
    jump(MOMENT);

    Session after = transfer("a", old, successor);

    assertThat(after.state()).isEqualTo(SessionState.FINALIZING);
    assertThat(after.fields()).containsExactly(Map.entry("turns", "7"));
    assertThat(after.costMicroUsd()).isEqualTo(1_500);
    assertThat(after.startedAtMs()).isEqualTo(before.startedAtMs()).isPositive();
    assertThat(after.item()).isEqualTo(before.item());
    successor.complete("a");
    assertSession("a").isCompleted().isOwnedBy(successor);
  }

  @Test
  void a_transfer_ignores_capacity_projects_drain_cap_and_pause() {
    KitWorker successor = worker().capacity(1).projects("app").register();
    claim(successor, work("own").project("app"));
    claim(old, work("a").project("web").needs());
    successor.drain();
    cap("web", 0);
    pause("web", 0);

    transfer("a", old, successor);

    assertThat(successor.activeSessions()).containsExactly("a", "own");
    assertThat(queues().find(org, "web").counts().claimed()).isEqualTo(1);
  }

  @Test
  void the_old_worker_owns_it_no_more() {
    ClaimedWork claimed = claim(old, work("a"));
    long token = transfer("a", old, successor).token();

    refusedAsOwnedBy(successor, () -> old.start("a"));
    refused(Refusal.NOT_OWNER, () -> successor.withToken(claimed.token()).start("a"));
    successor.withToken(token).start("a");
    assertSession("a").isRunningOn(successor);
  }

  @Test
  void the_old_workers_silence_takes_nothing_back_any_more() {
    claim(old, work("a"));
    transfer("a", old, successor);

    passBeating(ACCEPT.plus(LEASE), successor);

    assertSession("a").isClaimedBy(successor).hasAttempts(0);
    assertThat(old.record().silent()).isTrue();
    pass(LEASE);
    assertSession("a").isReady().hasAttempts(1);
  }

  @Test
  void what_the_new_worker_holds_stays_and_is_not_accepted_by_it() {
    KitWorker owner = worker().register();
    claim(owner, work("a"));
    Session before = session("a");
    jump(MOMENT);

    assertThat(transfer("a", old, owner)).isEqualTo(before);
    assertThat(transfer("a", owner, owner)).isEqualTo(before);

    assertThat(session("a")).isEqualTo(before);
    assertThat(before.acceptByMs()).isPositive();
    assertThat(owner.record().lastSeenMs()).as("a sign of life").isEqualTo(clock.now());
  }

  @Test
  void a_transfer_is_a_sign_of_life_of_the_new_worker_alone() {
    claim(old, work("a"));
    claim(old, work("b"));
    claim(successor, work("c"));
    long before = clock.now();
    pass(LEASE.minus(MOMENT));

    transfer("a", old, successor);

    assertThat(successor.record().lastSeenMs()).isEqualTo(clock.now());
    assertThat(old.record().lastSeenMs()).isEqualTo(before);
    pass(MOMENT);
    assertSession("b").isReady().hasAttempts(1);
    assertSession("c").isClaimedBy(successor);
  }

  // 5. Waiting, lost by the old worker

  @Test
  void what_the_old_worker_lost_is_reattached_to_the_new_one() {
    KitWorker successor = worker().capacity(1).register();
    ClaimedWork lost = claim(old, work("a").project("web"));
    old.report("a", SessionState.RUNNING, Map.of("turns", "7"), 1_500);
    long started = session("a").startedAtMs();
    pass(LEASE);
    assertSession("a").isReady();
    claim(successor, work("own").priority(1));
    pause("web", 0);

    Session answer = transfer("a", old, successor);

    assertThat(answer).isEqualTo(session("a"));
    assertSession("a").isClaimedBy(successor).isAccepted().hasAttempts(1);
    assertThat(answer.token()).isGreaterThan(lost.token());
    assertThat(answer.fields()).containsExactly(Map.entry("turns", "7"));
    assertThat(answer.costMicroUsd()).isEqualTo(1_500);
    assertThat(answer.startedAtMs()).isEqualTo(started);
    assertThat(answer.claimedAtMs()).isEqualTo(clock.now());
    assertThat(successor.activeSessions()).containsExactly("a", "own");
    assertThat(old.activeSessions()).isEmpty();
    refused(Refusal.NOT_OWNER, () -> old.start("a"));
  }

  @Test
  void also_when_the_record_of_the_old_worker_is_gone() {
    claim(old, work("a"));
    pass(LEASE);
    sweepAfter(Duration.ofMillis(RULES.kept().silentWorkerMs()));
    refused(Refusal.UNKNOWN_WORKER, old::record);

    transfer("a", old, successor.register());

    assertSession("a").isClaimedBy(successor).hasAttempts(1);
  }

  @Test
  void also_from_behind_its_issue_unless_another_of_it_is_claimed() {
    claim(old, work("a").issue("i"));
    passBeating(LEASE, other, successor);
    enqueue(work("better").issue("i").priority(1));
    assertSession("a").isParked();
    other.claim("better");

    refusedAsOwnedBy(null, () -> transfer("a", old, successor));
    other.nack("better");
    transfer("a", old, successor);

    assertSession("a").isClaimedBy(successor);
    assertSession("better").isParked();
  }

  enum Gone {
    NACKED,
    REQUEUED,
    DEREGISTERED
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void not_what_left_the_old_worker_otherwise(Gone how) {
    claim(old, work("a"));
    switch (how) {
      case NACKED -> old.nack("a");
      case REQUEUED -> requeue("a");
      case DEREGISTERED -> old.deregister();
    }

    refusedAsOwnedBy(null, () -> transfer("a", old, successor));
  }

  @Test
  void not_what_the_old_worker_never_had() {
    KitWorker owner = worker().register();
    enqueue(work("a"));

    refusedAsOwnedBy(null, () -> transfer("a", old, successor));
    owner.claim("a");
    refusedAsOwnedBy(owner, () -> transfer("a", old, successor));
  }

  // 1. to 3.

  @Test
  void an_unknown_session_or_new_worker_is_refused_the_session_first() {
    KitWorker unknown = worker();
    enqueue(work("broken"), work("b"));
    takeAll(old, 2);
    damage("broken");

    refused(Refusal.UNKNOWN_SESSION, () -> transfer("nowhere", old, successor));
    refused(Refusal.UNKNOWN_SESSION, () -> transfer("nowhere", old, unknown));
    refused(Refusal.DAMAGED, () -> transfer("broken", old, successor));
    refused(Refusal.DAMAGED, () -> transfer("broken", old, unknown));
    refused(Refusal.UNKNOWN_WORKER, () -> transfer("b", old, unknown));
  }

  @Test
  void the_caller_must_be_allowed_to_act_for_both() {
    KitWorker old = worker().registeredBy("key-1").register();
    KitWorker successor = worker().registeredBy("key-2").register();
    claim(old, work("a"));

    refused(Refusal.UNKNOWN_WORKER, () -> transfer("a", old, successor.by("key-1")));
    refusedAsOwnedBy(old, () -> transfer("a", old, successor.by("key-2")));
    transfer("a", old, successor);
    assertSession("a").isClaimedBy(successor);
  }

  @Test
  void where_the_caller_is_bound_an_old_worker_whose_record_is_gone_is_no_hindrance() {
    KitWorker old = worker().registeredBy("key-1").register();
    KitWorker successor = worker().registeredBy("key-2").register();
    claim(old, work("a"));
    pass(LEASE);
    sweepAfter(Duration.ofMillis(RULES.kept().silentWorkerMs()));
    successor.register();

    transfer("a", old, successor.by("key-2"));

    assertSession("a").isClaimedBy(successor);
  }

  enum Over {
    STOPPING,
    RELEASED,
    COMPLETED,
    DEAD
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_is_over_is_in_the_wrong_state_whoever_asks(Over over) {
    KitWorker stranger = worker().register();
    enqueue(work("a").deadline(clock.now() + 1));
    if (over == Over.DEAD) {
      sweepAfter(MOMENT);
    } else {
      old.claim("a");
    }
    switch (over) {
      case STOPPING -> stop("a");
      case RELEASED -> {
        stop("a");
        old.report("a", SessionState.STOPPED);
      }
      case COMPLETED -> old.complete("a");
      case DEAD -> {}
    }

    refused(Refusal.WRONG_STATE, () -> transfer("a", old, successor));
    refused(Refusal.WRONG_STATE, () -> transfer("a", stranger, successor));
    refused(Refusal.WRONG_STATE, () -> transfer("a", old, old));
  }

  private Session transfer(String id, KitWorker old, KitWorker successor) {
    return sessions().transfer(org, id, old.id(), successor.ref(), true);
  }

  // By a caller that speaks for the new worker alone

  @Test
  void a_worker_takes_nothing_from_one_that_works() {
    claim(old, work("a"));
    old.start("a");

    refusedAsOwnedBy(old, () -> takeOver("a", old, successor));

    assertSession("a").isRunningOn(old);
  }

  @Test
  void nor_what_that_one_missed_to_accept_and_may_still_run() {
    claim(old, work("a"));
    passBeating(ACCEPT, old, successor);
    assertSession("a").isReady();

    refused(Refusal.NOT_OWNER, () -> takeOver("a", old, successor));

    old.start("a");
    assertSession("a").isRunningOn(old);
  }

  @Test
  void a_worker_takes_over_from_one_that_it_retired() {
    KitWorker old = worker().on("m").register();
    claim(old, work("a"));
    KitWorker successor = worker().on("m").register();

    takeOver("a", old, successor);

    assertSession("a").isClaimedBy(successor);
  }

  @Test
  void a_worker_takes_over_from_one_that_is_silent_past_its_lease() {
    claim(old, work("a"));
    passBeating(LEASE, successor);

    takeOver("a", old, successor);

    assertSession("a").isClaimedBy(successor);
  }

  private Session takeOver(String id, KitWorker old, KitWorker successor) {
    return sessions().transfer(org, id, old.id(), successor.ref(), false);
  }
}
