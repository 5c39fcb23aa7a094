package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Transfer". */
abstract class TransferCases extends Fixture {

  // 4. Claimed

  @Test
  void a_claim_goes_over_with_a_new_token_and_accepted() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
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
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
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
  void it_goes_over_whatever_the_new_ones_capacity_projects_and_state_and_the_cap() {
    KitWorker old = worker().register();
    KitWorker successor = worker().capacity(1).projects("app").register();
    claim(successor, work("own").project("app"));
    claim(old, work("a").project("web").needs());
    successor.drain();
    queues().limit(org, "web", new QueueLimits(0, null), BY);
    queues().pause(org, "web", 0, new AuditNote("ann", ""));

    transfer("a", old, successor);

    assertThat(successor.activeSessions()).containsExactly("a", "own");
    assertThat(queues().find(org, "web").value().counts().claimed()).isEqualTo(1);
  }

  @Test
  void the_old_worker_owns_it_no_more() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    ClaimedWork claimed = claim(old, work("a"));
    long token = transfer("a", old, successor).token();

    refusedAsOwnedBy(successor, () -> old.start("a"));
    refused(Refusal.NOT_OWNER, () -> successor.withToken(claimed.token()).start("a"));
    successor.withToken(token).start("a");
    assertSession("a").isRunningOn(successor);
  }

  @Test
  void the_old_workers_silence_takes_nothing_back_any_more() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    transfer("a", old, successor);

    passBeating(ACCEPT.plus(LEASE), successor);

    assertSession("a").isClaimedBy(successor).hasAttempts(0);
    assertThat(old.record().silent()).isTrue();
    pass(LEASE);
    assertSession("a").isReady().hasAttempts(1);
  }

  @Test
  void messages_go_with_it() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    send("a", MessageType.DIRECTIVE, "offered");
    assertThat(old.readPayloads()).containsExactly("offered");
    send("a", MessageType.DIRECTIVE, "new");

    transfer("a", old, successor);

    assertThat(old.readPayloads()).isEmpty();
    assertThat(successor.readPayloads()).containsExactly("new");
    jump(VISIBILITY);
    assertThat(successor.readPayloads()).containsExactly("offered", "new");
  }

  @Test
  void a_slot_of_the_old_worker_is_free() {
    KitWorker old = worker().capacity(1).register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    enqueue(work("b"));
    assertThat(old.take(5)).isEmpty();

    transfer("a", old, successor);

    assertThat(old.take(5)).containsExactly("b");
  }

  @Test
  void what_the_new_worker_holds_stays_and_is_not_accepted_by_it() {
    KitWorker old = worker().register();
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
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
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

  @Test
  void it_counts_as_an_acceptance_by_the_new_worker() {
    sweepOnce();
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(successor, work("missed"));
    passBeating(ACCEPT, old, successor);
    stop("missed");
    assertThat(successor.record().noShows()).isEqualTo(1);
    claim(old, work("a"));
    transfer("a", old, successor);

    passBeating(ACCEPT, old, successor);

    assertSession("a").isClaimedBy(successor).isAccepted();
    assertThat(old.record().noShows()).isZero();
  }

  // 5. Waiting, lost by the old worker

  @Test
  void what_the_old_worker_lost_is_reattached_to_the_new_one() {
    KitWorker old = worker().register();
    KitWorker successor = worker().capacity(1).register();
    ClaimedWork lost = claim(old, work("a").project("web"));
    old.report("a", SessionState.RUNNING, Map.of("turns", "7"), 1_500);
    long started = session("a").startedAtMs();
    pass(LEASE);
    assertSession("a").isReady();
    claim(successor, work("own").priority(1));
    queues().pause(org, "web", 0, new AuditNote("ann", ""));

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
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    pass(LEASE);
    sweepAfter(Duration.ofMillis(RULES.kept().silentWorkerMs()));
    refused(Refusal.UNKNOWN_WORKER, old::record);

    transfer("a", old, successor.register());

    assertSession("a").isClaimedBy(successor).hasAttempts(1);
  }

  @Test
  void also_from_behind_its_issue_unless_another_of_it_is_claimed() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a").issue("i"));
    passBeating(LEASE, other, successor);
    enqueue(work("better").issue("i").priority(1));
    assertThat(session("a").place()).isEqualTo(Place.PARKED);
    other.claim("better");

    refusedAsOwnedBy(null, () -> transfer("a", old, successor));
    other.nack("better");
    transfer("a", old, successor);

    assertSession("a").isClaimedBy(successor);
    assertThat(session("better").place()).isEqualTo(Place.PARKED);
  }

  /** How a claim may leave a worker for good. */
  enum Gone {
    NACKED,
    REQUEUED,
    DEREGISTERED
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void not_what_left_the_old_worker_otherwise(Gone how) {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
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
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    KitWorker owner = worker().register();
    enqueue(work("a"));

    refusedAsOwnedBy(null, () -> transfer("a", old, successor));
    owner.claim("a");
    refusedAsOwnedBy(owner, () -> transfer("a", old, successor));
  }

  // 1. to 3.

  @Test
  void an_unknown_session_or_new_worker_is_refused_the_session_first() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
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

  /** Ways to be over. */
  enum Over {
    STOPPING,
    RELEASED,
    COMPLETED,
    DEAD
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_is_over_is_in_the_wrong_state_whoever_asks(Over over) {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
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
    return sessions().transfer(org, id, old.id(), successor.ref(), true).value();
  }
}
