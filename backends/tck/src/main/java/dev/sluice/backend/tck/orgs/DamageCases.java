package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "What is kept of a session". */
abstract class DamageCases extends Fixture {

  /** Unique, since health covers all orgs. */
  private final String broken = "a-broken-" + UUID.randomUUID();

  @Test
  void a_poll_passes_over_the_bucket_of_damaged_work_and_takes_from_others() {
    enqueue(
        work(broken).project("web").priority(1),
        work("behind").project("web").priority(2),
        work("special").project("web").needs("gpu").priority(3),
        work("elsewhere").project("app").priority(4));
    damage(broken);
    KitWorker worker = worker().can("gpu").register();

    assertThat(worker.take(5)).containsExactly("special", "elsewhere");

    assertSession("behind").isReady();
    assertThat(counts().ready()).isEqualTo(2);
    assertThat(counts().claimed()).isEqualTo(2);
    assertHealthNamesIt();
  }

  @Test
  void better_work_of_the_bucket_is_handed_out() {
    enqueue(work("before").priority(1), work(broken).priority(2), work("behind").priority(3));
    damage(broken);

    assertThat(worker.take(5)).containsExactly("before");
    enqueue(work("new").priority(1));
    assertThat(worker.take(5)).containsExactly("new");
    assertThat(counts().ready()).isEqualTo(2);
  }

  @Test
  void every_call_that_names_damaged_waiting_work_is_refused() {
    worker.register();
    enqueue(work(broken), work("other"));
    damage(broken);

    assertEveryCallIsRefused(worker);
    assertThat(counts().ready()).isEqualTo(2);
  }

  @Test
  void every_call_that_names_damaged_claimed_work_is_refused() {
    KitWorker worker = worker().capacity(2).register();
    enqueue(work(broken), work("other"), work("waiting"));
    assertThat(worker.take(5)).hasSize(2);
    damage(broken);

    assertEveryCallIsRefused(worker);
    assertThat(counts().claimed()).isEqualTo(2);
    assertThat(worker.take(5)).as("its slot is taken").isEmpty();
  }

  private void assertEveryCallIsRefused(KitWorker worker) {
    refused(Refusal.DAMAGED, () -> session(broken));
    refused(Refusal.DAMAGED, () -> worker.start(broken));
    refused(Refusal.DAMAGED, () -> worker.complete(broken));
    refused(Refusal.DAMAGED, () -> worker.nack(broken));
    refused(Refusal.DAMAGED, () -> stop(broken));
    refused(Refusal.DAMAGED, () -> send(broken, MessageType.NUDGE, "hello"));
    refused(Refusal.DAMAGED, () -> inboxes().ack(org, broken, "1-1", Lane.NORMAL, null));
    refused(Refusal.DAMAGED, () -> inboxes().ack(org, broken, "1-1", Lane.NORMAL, worker.holder()));
    refused(Refusal.DAMAGED, () -> inboxes().list(org, broken));
    refused(Refusal.DAMAGED, () -> worker.claimByName(broken));
    refused(Refusal.DAMAGED, () -> worker.touch(broken));
    refused(Refusal.DAMAGED, () -> worker.refresh(broken));
    refused(Refusal.DAMAGED, () -> worker.tell(broken, "note", "hello"));
    refused(Refusal.DAMAGED, () -> worker.takeOver(broken, worker));
    refused(Refusal.DAMAGED, () -> sessions().activities(org, broken, 0, 10));
    refused(Refusal.DAMAGED, () -> timeline(broken));
    refused(Refusal.DAMAGED, () -> standing(broken));
    refused(Refusal.DAMAGED, () -> reprioritise(broken, 1));
    refused(Refusal.DAMAGED, () -> front(broken));
    refused(Refusal.DAMAGED, () -> requeue(broken));
    assertHealthNamesIt();
  }

  @Test
  void an_enqueue_of_a_damaged_id_is_refused_and_the_rest_goes_in() {
    enqueue(work(broken));
    damage(broken);

    assertThat(offer(work("b"), work(broken), work("c")))
        .extracting(Enqueued::refusal)
        .containsExactly(null, Refusal.DAMAGED, null);

    assertThat(counts().ready()).isEqualTo(3);
    assertHealthNamesIt();
  }

  @Test
  void a_worker_that_holds_a_damaged_session_is_not_deregistered() {
    enqueue(work(broken), work("other"));
    assertThat(worker.take(5)).hasSize(2);
    damage(broken);

    refused(Refusal.DAMAGED, worker::deregister);
  }

  @Test
  void the_other_sessions_of_the_worker_go_on() {
    enqueue(work(broken), work("other"));
    assertThat(worker.take(5)).hasSize(2);
    send(broken, MessageType.NUDGE, "hello");
    damage(broken);
    Message message = send("other", MessageType.NUDGE, "hello");

    assertThat(worker.read()).filteredOn(read -> read.sessionId().equals("other")).hasSize(1);
    worker.beat(2, null, null);
    worker.ack(message);
    worker.complete("other");

    assertSession("other").isCompleted();
    Worker record = worker.record();
    assertThat(record.activeSessions()).containsExactly(broken);
  }

  @Test
  void a_repeated_poll_leaves_out_what_was_damaged_since() {
    enqueue(work(broken), work("other"));
    worker.poll("r-1", 2);
    damage(broken);

    assertThat(worker.poll("r-1", 2).work())
        .extracting(claimed -> claimed.sessionId())
        .containsExactly("other");
  }

  @Test
  void a_sweep_passes_over_damaged_claims_and_takes_back_the_others() {
    enqueue(work(broken));
    enqueue(works("b-", 3));
    assertThat(worker.take(5)).hasSize(4);
    damage(broken);

    pass(LEASE);

    each(works("b-", 3), id -> assertSession(id).isReady().hasAttempts(1));
    assertThat(counts().ready()).isEqualTo(3);
    assertThat(counts().claimed()).isEqualTo(1);
    assertThat(worker.record().silent()).isTrue();
    assertHealthNamesIt();
  }

  @Test
  void a_sweep_passes_over_damaged_unaccepted_claims() {
    enqueue(work(broken), work("other"));
    assertThat(worker.take(5)).hasSize(2);
    damage(broken);

    passBeating(ACCEPT, worker);

    assertSession("other").isReady().hasAttempts(1);
    assertThat(counts().claimed()).isEqualTo(1);
  }

  @Test
  void a_sweep_passes_over_damaged_returned_work() {
    enqueue(work(broken), work("other"));
    assertThat(worker.take(5)).hasSize(2);
    worker.nack(broken);
    worker.nack("other");
    damage(broken);

    pass(BACK_OFF);

    assertSession("other").isReady();
    assertThat(counts().ready()).isEqualTo(1);
    assertThat(counts().returned()).isEqualTo(1);
    assertHealthNamesIt();
  }

  @Test
  void a_sweep_passes_over_damaged_work_that_is_being_stopped() {
    enqueue(work(broken), work("other"));
    assertThat(worker.take(5)).hasSize(2);
    stop(broken);
    stop("other");
    damage(broken);

    passBeating(LEASE.plus(GRACE), worker);

    assertSession("other").isStopped();
    assertThat(counts().claimed()).isEqualTo(1);
  }

  @Test
  void more_damaged_records_than_a_step_takes_hold_up_no_other_that_is_due() {
    openWith(rules().dueStep(2));
    KitWorker worker = worker().capacity(20).register();
    enqueue(works("a-", 20));
    takeAll(worker, 20);
    // Of each kind five damaged ones are due before a good one.
    for (int n = 1; n <= 6; n++) {
      worker.nack("a-00" + n);
      stop("a-01" + n);
      jump(MOMENT);
    }
    for (String id : List.of("a-007", "a-008", "a-009", "a-010", "a-017")) {
      damage(id);
    }
    for (int n = 1; n <= 5; n++) {
      damage("a-00" + n);
      damage("a-01" + n);
    }

    pass(BACK_OFF);
    assertSession("a-006").isReady();
    passBeating(LEASE.plus(GRACE), worker);
    assertSession("a-016").isStopped();
    passBeating(ACCEPT, worker);
    assertSession("a-018").isReady().hasAttempts(1);
    assertThat(counts().returned()).isEqualTo(5);
    assertThat(counts().claimed()).isEqualTo(10);
  }

  @Test
  void a_damaged_claim_counts_for_the_cap_of_its_project() {
    cap("web", 2);
    enqueue(
        work(broken).project("web").priority(1),
        work("b").project("web"),
        work("c").project("web"));
    worker.claim(broken);
    damage(broken);

    assertThat(worker.take(5)).containsExactly("b");
    assertThat(queueOf("web").counts().claimed()).isEqualTo(2);
  }

  @Test
  void damaged_waiting_work_counts_for_a_full_queue_and_for_positions() {
    openWith(rules().maxWaiting(2));
    enqueue(work(broken).priority(1), work("b"));
    damage(broken);

    assertSession("b").hasPosition(2);
    assertRefused(Refusal.QUEUE_FULL, work("c"));
  }

  @Test
  void a_damaged_dead_letter_is_refused_too() {
    deadLetter(broken);
    assertThat(counts().dead()).isEqualTo(1);
    damage(broken);

    refused(Refusal.DAMAGED, () -> requeue(broken));
    refused(Refusal.DAMAGED, () -> stop(broken));
    assertThat(counts().dead()).isEqualTo(1);
  }

  @Test
  void a_damaged_ended_session_is_refused_too() {
    claim(broken);
    worker.complete(broken);
    damage(broken);

    refused(Refusal.DAMAGED, () -> worker.complete(broken));
    refused(Refusal.DAMAGED, () -> requeue(broken));
    assertRefused(Refusal.DAMAGED, work(broken));
  }

  private void assertHealthNamesIt() {
    StoreHealth health = store().backend().upkeep().health();
    assertThat(health.healthy()).isTrue();
    assertThat(health.warnings()).anySatisfy(warning -> assertThat(warning).contains(broken));
  }
}
