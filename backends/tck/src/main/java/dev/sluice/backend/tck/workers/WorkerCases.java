package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.Account;
import dev.sluice.backend.workers.Account.Check;
import dev.sluice.backend.workers.Account.Window;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Register, heartbeat, sign of life" and "Deregister". */
abstract class WorkerCases extends Fixture {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_worker_is_kept_as_it_registered(Dialect dialect) {
    KitWorker worker =
        worker().speaking(dialect).capacity(7).projects("web", "app").can("gpu", "arm").draining();

    Worker registered = workers().register(org, worker.registration());

    assertThat(registered)
        .isEqualTo(
            new Worker(
                worker.registration(),
                0,
                List.of(),
                clock.now(),
                clock.now(),
                false,
                false,
                0,
                0,
                0,
                0,
                RULES.maxReturns(),
                false,
                false,
                0,
                null,
                0,
                List.of(),
                List.of(),
                null,
                "",
                0,
                0,
                0));
    assertThat(worker.record()).isEqualTo(registered);
  }

  @Test
  void a_note_of_an_operator_stands_until_it_is_taken_away() {
    KitWorker worker = worker().register();
    assertThat(worker.record().note()).isNull();

    Worker noted = workers().setNote(org, worker.id(), "slow disk", BY);

    assertThat(noted.note()).isEqualTo("slow disk");
    worker.drain();
    worker.beat(0, 3, true);
    assertThat(worker.record().note()).isEqualTo("slow disk");
    assertThat(workers().setNote(org, worker.id(), "", BY).note()).isNull();
    assertThat(worker.record().note()).isNull();
  }

  @Test
  void the_same_note_again_changes_nothing() {
    KitWorker worker = worker().register();
    audited(() -> workers().setNote(org, worker.id(), "", BY));
    workers().setNote(org, worker.id(), "slow disk", BY);
    audited(() -> workers().setNote(org, worker.id(), "slow disk", BY));
    refused(Refusal.UNKNOWN_WORKER, () -> workers().setNote(org, "nobody", "slow disk", BY));
  }

  @Test
  void a_protection_stands_until_it_is_replaced_or_ended() {
    KitWorker worker = worker().on("m").register();
    long until = clock.now() + Workers.LONGEST_PROTECTION_MS;
    assertThat(worker.record().protectedUntilMs()).isZero();

    Worker kept = workers().protect(org, worker.id(), until, BY);

    assertThat(kept.protectedUntilMs()).isEqualTo(until);
    worker.drain();
    worker.undrain();
    worker.beat(0, 3, true);
    worker.poll(1);
    assertThat(worker.record().protectedUntilMs()).isEqualTo(until);
    assertThat(allWorkers()).containsExactly(worker.record());
    worker.register();
    assertThat(worker.record().protectedUntilMs()).as("registered again").isEqualTo(until);
    workers().protect(org, worker.id(), until - 1, BY);
    assertThat(worker.record().protectedUntilMs()).isEqualTo(until - 1);
    assertThat(workers().protect(org, worker.id(), 0, BY).protectedUntilMs()).isZero();
    assertThat(worker.record().protectedUntilMs()).isZero();
    workers().protect(org, worker.id(), until, BY);
    assertThat(worker().on("m").register().record().protectedUntilMs()).as("a successor").isZero();
  }

  @Test
  void a_protected_worker_gets_work_and_stays_protected_while_it_is_silent() {
    KitWorker worker = worker().register();
    long until = clock.now() + 10 * RULES.leaseMs();
    workers().protect(org, worker.id(), until, BY);

    claim(worker, work("a"));
    pass(Duration.ofMillis(RULES.leaseMs() + 30_000));

    assertThat(worker.record().silent()).isTrue();
    assertThat(worker.record().protectedUntilMs()).isEqualTo(until);
  }

  @Test
  void the_same_protection_again_changes_nothing() {
    KitWorker worker = worker().register();
    long until = clock.now() + 1;
    audited(() -> workers().protect(org, worker.id(), 0, BY));
    workers().protect(org, worker.id(), until, BY);
    audited(() -> workers().protect(org, worker.id(), until, BY));
    refused(Refusal.UNKNOWN_WORKER, () -> workers().protect(org, "nobody", until, BY));
  }

  @Test
  void the_same_id_again_answers_the_stored_record() {
    KitWorker worker = worker().capacity(7).register();
    Registration registration = worker.registration();
    long registeredAt = clock.now();
    claim(worker, work("a"));
    worker.beat(1, 3, true);
    jump(MOMENT);

    Worker again = workers().register(org, worker.capacity(9).registration());

    assertThat(again.registeredAtMs()).isEqualTo(registeredAt);
    assertThat(again.registration().capacity()).isEqualTo(3);
    assertThat(again.registration().draining()).isTrue();
    assertThat(again.registration().hostname()).isEqualTo(registration.hostname());
    assertThat(again.activeSessions()).containsExactly("a");
    assertThat(again.lastSeenMs()).as("a sign of life").isEqualTo(clock.now());
    assertThat(worker.record()).isEqualTo(again);
  }

  @Test
  void a_poll_is_noted_with_its_time_and_no_other_sign_is() {
    worker.register();
    assertThat(worker.record().lastPollMs()).as("never").isZero();
    enqueue(work("a"));
    jump(MOMENT);

    worker.claim("a");
    long polled = clock.now();
    assertThat(worker.record().lastPollMs()).isEqualTo(polled);
    jump(MOMENT);
    worker.beat();
    worker.touch("a");
    workers().register(org, worker.registration());
    assertThat(worker.record().lastPollMs()).isEqualTo(polled);

    assertThat(worker.poll("r", 5).work()).isEmpty();
    jump(MOMENT);
    worker.poll("r", 5);
    assertThat(worker.record().lastPollMs()).as("a repeated one").isEqualTo(clock.now());
    assertThat(allWorkers()).containsExactly(worker.record());
  }

  @Test
  void a_heartbeat_notes_what_the_worker_says_of_itself() {
    KitWorker worker = worker().capacity(7).register();
    jump(MOMENT);

    worker.beat(2, 4, true);
    assertThat(worker.record().activeCount()).isEqualTo(2);
    assertThat(worker.record().registration().capacity()).isEqualTo(4);
    assertThat(worker.record().registration().draining()).isTrue();
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());

    worker.beat(0, null, null);
    assertThat(worker.record().activeCount()).isZero();
    assertThat(worker.record().registration().capacity()).isEqualTo(4);
    assertThat(worker.record().registration().draining()).isTrue();
  }

  @Test
  void a_heartbeat_replaces_the_accounts_of_its_worker_alone() {
    Account codex =
        new Account(
            "3f2a",
            "codex",
            "promäx",
            clock.now(),
            List.of(new Window("primary", "Weekly", 100, clock.now() + 1)),
            new Check("codex", false, 5));
    Account claude = new Account("", "claude", "", 0, List.of(), null);
    KitWorker other = worker().register();
    worker.register();
    assertThat(worker.record().accounts()).isEmpty();

    report(Account.pack(List.of(codex, claude)));
    assertThat(worker.record().accounts()).containsExactly(codex, claude);
    assertThat(other.record().quota()).isEmpty();
    long seq = seq();
    report(Account.pack(List.of(codex, claude)));
    assertThat(seq()).as("a heartbeat is a change").isEqualTo(seq + 1);

    worker.beat();
    worker.list("unknown");
    worker.drain();
    workers().register(org, worker.registration());
    assertThat(worker.record().accounts()).as("kept").containsExactly(codex, claude);
    report(Account.pack(List.of(claude)));
    assertThat(worker.record().accounts()).containsExactly(claude);
    assertThat(allWorkers()).contains(worker.record());
    report("");
    assertThat(worker.record().accounts()).isEmpty();

    report(Account.pack(List.of(codex)));
    worker.deregister();
    workers().register(org, worker.registration());
    assertThat(worker.record().quota()).as("forgotten with the worker").isEmpty();
  }

  private void report(String quota) {
    worker.beat(new Heartbeat(0, null, null).reporting(quota));
  }

  @Test
  void a_heartbeat_answers_how_many_items_wait_in_the_org() {
    KitWorker worker = worker().projects("web").register();
    enqueue(work("a"), work("b"), work("c").project("app").needs("gpu"), work("d"));
    worker.claim("a");
    worker.claim("b");
    worker.nack("b");
    stop("d");
    assertThat(worker.beat()).isEqualTo(2);

    enqueue(
        work("later").notBefore(clock.now() + 1_000),
        work("first").issue("i").project("app"),
        work("parked").issue("i").project("app"));
    pause("app", 0);

    assertThat(worker.beat()).as("whoever may take it").isEqualTo(5);
  }

  @Test
  void an_unknown_worker_is_refused() {
    KitWorker unknown = worker();
    enqueue(work("a"));

    refused(Refusal.UNKNOWN_WORKER, unknown::beat);
    refused(Refusal.UNKNOWN_WORKER, () -> unknown.take(5));
    refused(Refusal.UNKNOWN_WORKER, unknown::record);
    refused(Refusal.UNKNOWN_WORKER, unknown::deregister);
  }

  @Test
  void a_worker_of_another_credential_is_unknown() {
    KitWorker worker = worker().registeredBy("key-1").register();
    KitWorker stranger = worker.by("key-2");
    enqueue(work("a"));

    refused(Refusal.UNKNOWN_WORKER, stranger::beat);
    refused(Refusal.UNKNOWN_WORKER, () -> stranger.take(5));
    refused(Refusal.UNKNOWN_WORKER, stranger::record);
    refused(Refusal.UNKNOWN_WORKER, stranger::deregister);
    assertThat(worker.by("key-1").take(5)).containsExactly("a");
  }

  @Test
  void a_worker_that_deregisters_returns_its_claims_with_nothing_counted() {
    enqueue(works("a-", 3));
    assertThat(worker.take(2)).containsExactly("a-001", "a-002");
    worker.start("a-001");
    Session before = session("a-001");
    jump(MOMENT);

    assertThat(worker.deregister()).containsExactly("a-001", "a-002");

    assertSession("a-001").isReady().hasAttempts(0).hasNacks(0).hasPosition(1);
    assertSession("a-002").isReady().hasAttempts(0).hasNacks(0).hasPosition(2);
    assertThat(session("a-001").item()).isEqualTo(before.item());
    assertThat(session("a-001").updatedAtMs()).isEqualTo(clock.now());
    assertThat(counts().ready()).isEqualTo(3);
    assertThat(counts().claimed()).isZero();
    assertThat(worker().register().take(5)).containsExactly("a-001", "a-002", "a-003");
  }

  @Test
  void the_answer_to_a_deregistration_is_in_the_order_of_bytes() {
    enqueue(work("b"), work("\ud83d\ude80").priority(1), work("\uff61").priority(2), work("a"));
    assertThat(worker.take(5)).hasSize(4);

    assertThat(worker.deregister()).containsExactly("a", "b", "\uff61", "\ud83d\ude80");
  }

  @Test
  void a_deregistered_worker_is_unknown() {
    claim("a");
    worker.deregister();

    refused(Refusal.UNKNOWN_WORKER, worker::beat);
    refused(Refusal.UNKNOWN_WORKER, () -> worker.take(5));
    refused(Refusal.UNKNOWN_WORKER, worker::record);
    refused(Refusal.UNKNOWN_WORKER, worker::deregister);
    refusedAsOwnedBy(null, () -> worker.start("a"));
  }

  @Test
  void a_deregistration_releases_what_was_being_stopped() {
    enqueue(work("a"), work("b"));
    assertThat(worker.take(5)).hasSize(2);
    stop("a");

    assertThat(worker.deregister()).containsExactly("b");

    assertSession("a").isStopped().isOwnedBy(worker);
    assertThat(counts().claimed()).isZero();
  }

  @Test
  void what_a_worker_nacked_stays_returned_until_its_time() {
    claim("a");
    worker.nack("a");

    assertThat(worker.deregister()).isEmpty();

    assertSession("a").isReturned().hasNacks(1);
    pass(BACK_OFF);
    assertSession("a").isReady();
  }

  @Test
  void a_deregistered_workers_lease_is_gone() {
    claim("a");
    worker.deregister();
    other.claim("a");
    other.start("a");

    passBeating(LEASE.multipliedBy(2), other);

    assertSession("a").isRunningOn(other).hasAttempts(0);
  }

  // Retention of silent workers

  private static final Duration WORKER = Duration.ofMillis(RULES.kept().silentWorkerMs());

  @Test
  void a_silent_worker_without_claims_is_forgotten_after_its_time() {
    worker.register();
    jump(WORKER.minus(LEASE));
    pass(LEASE.minus(MOMENT));
    assertThat(worker.record().silent()).isFalse();

    jump(MOMENT);
    assertThat(sweepStep().pruned()).isEqualTo(1);

    refused(Refusal.UNKNOWN_WORKER, worker::record);
    refused(Refusal.UNKNOWN_WORKER, worker::beat);
    assertThat(allWorkers()).isEmpty();
  }

  @Test
  void its_time_counts_from_its_last_sign() {
    worker.register();
    pass(LEASE);
    worker.beat();
    pass(LEASE);
    assertThat(worker.record().silent()).isTrue();
    sweepAfter(WORKER.minus(LEASE).minus(MOMENT));
    assertThat(worker.record().silent()).isTrue();

    sweepAfter(MOMENT);

    refused(Refusal.UNKNOWN_WORKER, worker::record);
  }

  @Test
  void a_worker_that_calls_after_an_outage_is_kept() {
    worker.register();
    sweepAfter(WORKER.multipliedBy(2));
    pass(LEASE.minus(MOMENT));

    worker.beat();

    pass(MOMENT);
    assertThat(worker.record().silent()).isFalse();
  }

  @Test
  void one_that_registers_again_is_a_new_one() {
    KitWorker worker = worker().capacity(3).register();
    worker.drain();
    pass(LEASE);
    sweepAfter(WORKER);

    worker.capacity(7).register();

    assertThat(worker.record().registeredAtMs()).isEqualTo(clock.now());
    assertThat(worker.record().registration().capacity()).isEqualTo(7);
    assertThat(worker.record().drained()).isFalse();
  }

  @Test
  void a_silent_worker_is_kept_while_a_damaged_session_is_its_own() {
    claim("broken");
    damage("broken");
    pass(LEASE);
    sweepAfter(WORKER);

    assertThat(worker.record().activeSessions()).containsExactly("broken");
  }
}
