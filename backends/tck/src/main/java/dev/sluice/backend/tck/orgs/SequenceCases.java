package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The changes that an answer has seen. */
abstract class SequenceCases extends Fixture {

  @Test
  void every_change_has_a_larger_number_than_the_one_before() {
    KitWorker worker = worker();
    List<Long> numbers = new ArrayList<>();
    numbers.add(numberOf(() -> workers().register(org, worker.registration())));
    numbers.add(
        numberOf(() -> queue().enqueue(org, List.of(work("a").build(), work("b").build()))));
    numbers.add(numberOf(() -> workers().heartbeat(worker.ref(), new Heartbeat(0, null, null))));
    numbers.add(numberOf(() -> workers().poll(new PollRequest(worker.ref(), "r-1", 2))));
    numbers.add(numberOf(() -> report(worker, SessionState.RUNNING)));
    numbers.add(numberOf(() -> report(worker, SessionState.RUNNING)));
    SendResult message =
        inboxes()
            .send(
                org, "a", new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null), BY);
    numbers.add(AnswerLog.last());
    numbers.add(numberOf(() -> workers().poll(new PollRequest(worker.ref(), "r-2", 0))));
    numbers.add(numberOf(() -> inboxes().ack(org, "a", message.message().id(), Lane.NORMAL, null)));
    numbers.add(numberOf(() -> sessions().nack(org, "b", worker.holder(), null)));
    numbers.add(
        numberOf(() -> sessions().stop(org, "a", new StopMessage("", null, null), Place.ANY, BY)));
    numbers.add(numberOf(() -> report(worker, SessionState.STOPPED)));
    numbers.add(
        numberOf(() -> sessions().stop(org, "b", new StopMessage("", null, null), Place.ANY, BY)));
    numbers.add(numberOf(() -> workers().deregister(worker.ref(), null)));

    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.get(0)).isPositive();
    assertThat(seq()).isEqualTo(numbers.get(numbers.size() - 1));
  }

  @Test
  void reads_answer_the_number_of_the_last_change_and_move_nothing() {
    worker.register();
    long last = numberOf(() -> queue().enqueue(org, List.of(work("a").build())));

    assertThat(numberOf(() -> sessions().find(org, "a"))).isEqualTo(last);
    assertThat(numberOf(() -> queue().counts(org))).isEqualTo(last);
    assertThat(numberOf(() -> workers().find(worker.ref()))).isEqualTo(last);
    assertThat(numberOf(() -> sessions().find(org, "a"))).isEqualTo(last);
  }

  @Test
  void what_changes_nothing_takes_no_number() {
    enqueue(work("a"), work("b"));
    stop("b");
    long last = seq();

    assertThat(numberOf(() -> queue().enqueue(org, List.of(work("a").build())))).isEqualTo(last);
    assertThat(numberOf(() -> queue().enqueue(org, List.of(work("a").content("other").build()))))
        .isEqualTo(last);
    assertThat(numberOf(() -> inboxes().ack(org, "a", "1-1", Lane.NORMAL, null))).isEqualTo(last);
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void a_refusal_carries_the_number_of_the_last_change() {
    KitWorker unknown = worker();
    claim("a");
    long last = seq();

    refusal(Refusal.NOT_OWNER, () -> worker.withToken(1).nack("a"));
    assertThat(AnswerLog.last()).isEqualTo(last);
    refusal(Refusal.UNKNOWN_SESSION, () -> session("nowhere"));
    assertThat(AnswerLog.last()).isEqualTo(last);
    refusal(Refusal.UNKNOWN_WORKER, unknown::beat);
    assertThat(AnswerLog.last()).isEqualTo(last);
  }

  @Test
  void many_changes_at_once_have_numbers_of_their_own() {
    List<Long> numbers =
        Together.all(
            16,
            caller -> numberOf(() -> queue().enqueue(org, List.of(work("a-" + caller).build()))));

    assertThat(numbers).doesNotHaveDuplicates();
  }

  private Object report(KitWorker worker, SessionState state) {
    return sessions()
        .report(org, "a", worker.holder(), new StatusReport(state, new TreeMap<>(), -1));
  }

  // Call by call

  @Test
  void a_claim_by_name_changes_also_when_it_is_denied() {
    worker.register();
    other.register();
    enqueue(work("a"));

    assertChanges(() -> sessions().claim(org, "a", worker.ref()));
    assertChanges(() -> sessions().claim(org, "a", worker.ref()));
    assertChanges(() -> sessions().claim(org, "a", other.ref()));
  }

  @Test
  void the_calls_of_an_owner_change() {
    NewActivity activity = new NewActivity("t", "x");
    claim("a");

    assertChanges(() -> sessions().touch(org, "a", worker.holder()));
    assertChanges(() -> sessions().refresh(org, "a", worker.holder(), RefreshRequest.PLAIN));
    assertChanges(() -> sessions().addActivity(org, "a", worker.holder(), activity));
    worker.complete("a");
    assertChanges(() -> sessions().touch(org, "a", worker.holder()));
    assertChanges(() -> sessions().refresh(org, "a", worker.holder(), RefreshRequest.PLAIN));
  }

  @Test
  void of_an_ended_session_whose_worker_is_gone_only_an_activity_changes() {
    claim("a");
    worker.complete("a");
    worker.deregister();

    assertChangesNothing(() -> sessions().touch(org, "a", worker.holder()));
    assertChangesNothing(() -> sessions().refresh(org, "a", worker.holder(), RefreshRequest.PLAIN));
    assertChanges(
        () -> sessions().addActivity(org, "a", worker.holder(), new NewActivity("t", "x")));
  }

  @Test
  void a_transfer_changes_also_to_the_one_that_holds_it() {
    other.register();
    claim("a");

    assertChanges(() -> sessions().transfer(org, "a", worker.id(), other.ref(), true));
    assertChanges(() -> sessions().transfer(org, "a", worker.id(), other.ref(), true));
  }

  @Test
  void a_requeue_and_a_discarding_change_once() {
    claim("a");
    deadLetter("dead");

    assertChanges(() -> sessions().requeue(org, "a", Place.ANY, BY));
    assertChanges(
        () -> sessions().stop(org, "dead", new StopMessage("", null, null), Place.ANY, BY));
    assertOnlyAudited(
        () -> sessions().stop(org, "dead", new StopMessage("", null, null), Place.ANY, BY));
  }

  @Test
  void another_order_changes_and_the_same_does_not() {
    enqueue(work("a").priority(3));

    assertOnlyAudited(() -> queue().reprioritise(org, "a", 3, BY));
    assertChanges(() -> queue().reprioritise(org, "a", 2, BY));
    assertOnlyAudited(() -> queue().reprioritise(org, "a", 2, BY));
    assertChanges(() -> queue().front(org, "a", BY));
    assertChanges(() -> queue().front(org, "a", BY));
    assertChanges(() -> queue().reprioritise(org, "a", 2, BY));
  }

  @Test
  void a_pause_always_changes_an_end_of_none_does_not() {
    assertOnlyAudited(() -> queues().resume(org, "web", BY));
    assertChanges(() -> queues().pause(org, "web", 0, new AuditNote("ann", "")));
    assertChanges(() -> queues().pause(org, "web", 0, new AuditNote("ann", "")));
    assertChanges(() -> queues().resume(org, "web", BY));
    assertOnlyAudited(() -> queues().resume(org, "web", BY));
  }

  @Test
  void other_limits_change_and_the_same_do_not() {
    assertOnlyAudited(() -> queues().limit(org, "web", QueueLimits.NONE, BY));
    assertChanges(() -> queues().limit(org, "web", new QueueLimits(1, 5L), BY));
    assertOnlyAudited(() -> queues().limit(org, "web", new QueueLimits(1, 5L), BY));
    assertChanges(() -> queues().limit(org, "web", new QueueLimits(1, 6L), BY));
    assertChanges(() -> queues().limit(org, "web", QueueLimits.NONE, BY));
  }

  @Test
  void a_drain_changes_where_it_is_not_in_force() {
    worker.register();

    assertOnlyAudited(() -> workers().drain(org, worker.id(), false, BY));
    assertChanges(() -> workers().drain(org, worker.id(), true, BY));
    assertOnlyAudited(() -> workers().drain(org, worker.id(), true, BY));
    assertChanges(() -> workers().drain(org, worker.id(), false, BY));
  }

  @Test
  void reads_change_nothing() {
    claim("a");
    enqueue(work("b"));

    enqueue(work("c").called("p"));
    add("j");
    assertChangesNothing(() -> sessions().findPublic(org, "p"));
    assertChangesNothing(() -> batch().find(org, "j"));
    assertChangesNothing(() -> queue().standing(org, "b"));
    assertChangesNothing(() -> queue().list(org, "default", Place.READY, null, 10));
    assertChangesNothing(() -> sessions().list(org, Place.CLAIMED, null, 10));
    assertChangesNothing(() -> sessions().activities(org, "a", 0, 10));
    assertChangesNothing(() -> sessions().timeline(org, "a"));
    assertChangesNothing(() -> workers().list(org, null, 10));
    assertChangesNothing(() -> inboxes().list(org, "a"));
    assertChangesNothing(() -> queues().find(org, "web"));
    assertChangesNothing(() -> queues().list(org, null, 10));
    assertChangesNothing(() -> audit().list(org, null, 10));
    stopOrders().add(org, new NewStopOrder("s", null, List.of()), BY);
    assertChangesNothing(() -> stopOrders().find(org, "s"));
  }

  @Test
  void each_item_of_an_enqueue_has_a_number_of_its_own_and_repeats_none() {
    enqueue(work("a"));
    long before = seq();

    long answered =
        numberOf(
            () ->
                queue()
                    .enqueue(
                        org,
                        List.of(
                            work("b").build(),
                            work("a").build(),
                            work("c").build(),
                            work("a").content("other").build())));

    assertThat(answered).isEqualTo(before + 2);
    assertThat(timeline("b").get(0).seq()).isEqualTo(before + 1);
    assertThat(timeline("c").get(0).seq()).isEqualTo(before + 2);
  }

  @Test
  void a_step_of_a_sweep_is_one_change() {
    enqueue(works("a-", 5, item -> item.notBefore(clock.now() + 1)));
    jump(MOMENT);
    long before = seq();

    sweepStep();

    assertThat(seq()).isEqualTo(before + 1);
    sweepStep();
    assertThat(seq()).isEqualTo(before + 1);
  }

  @Test
  void a_poll_that_handles_what_is_due_is_one_change() {
    worker.register();
    enqueue(works("a-", 5, item -> item.notBefore(clock.now() + 1)));
    jump(MOMENT);
    long before = seq();

    assertThat(worker.take(3)).hasSize(3);

    assertThat(seq()).isEqualTo(before + 1);
  }

  private void assertChanges(Supplier<?> call) {
    long before = seq();
    assertThat(numberOf(call)).as("its number").isEqualTo(before + 1);
    assertThat(seq()).as("the last number").isEqualTo(before + 1);
  }

  private void assertOnlyAudited(Supplier<?> call) {
    audited(() -> assertThat(numberOf(call)).as("its number").isEqualTo(seq()));
  }

  private void assertChangesNothing(Supplier<?> call) {
    long before = seq();
    assertThat(numberOf(call)).as("its number").isEqualTo(before);
    assertThat(seq()).as("the last number").isEqualTo(before);
  }
}
