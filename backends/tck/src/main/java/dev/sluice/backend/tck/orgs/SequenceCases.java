package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sequence numbers: which change of the org an answer has seen. */
abstract class SequenceCases extends Fixture {

  @Test
  void every_change_has_a_larger_number_than_the_one_before() {
    KitWorker worker = worker();
    List<Long> numbers = new ArrayList<>();
    numbers.add(workers().register(org, worker.registration()).seq());
    numbers.add(queue().enqueue(org, List.of(work("a").build(), work("b").build())).seq());
    numbers.add(workers().heartbeat(worker.ref(), new Heartbeat(0, null, null)).seq());
    numbers.add(workers().poll(new PollRequest(worker.ref(), "r-1", 2)).seq());
    numbers.add(report(worker, SessionState.RUNNING).seq());
    numbers.add(report(worker, SessionState.RUNNING).seq());
    Decided<SendResult> message =
        inboxes()
            .send(
                org, "a", new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null), BY);
    numbers.add(message.seq());
    numbers.add(workers().poll(new PollRequest(worker.ref(), "r-2", 0)).seq());
    numbers.add(inboxes().ack(org, "a", message.value().message().id(), Lane.NORMAL, null).seq());
    numbers.add(sessions().nack(org, "b", worker.holder(), null).seq());
    numbers.add(sessions().stop(org, "a", new StopMessage("", null, null), Place.ANY, BY).seq());
    numbers.add(report(worker, SessionState.STOPPED).seq());
    numbers.add(sessions().stop(org, "b", new StopMessage("", null, null), Place.ANY, BY).seq());
    numbers.add(workers().deregister(worker.ref(), null).seq());

    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.get(0)).isPositive();
    assertThat(seq()).isEqualTo(numbers.get(numbers.size() - 1));
  }

  @Test
  void reads_answer_the_number_of_the_last_change_and_move_nothing() {
    worker.register();
    long last = queue().enqueue(org, List.of(work("a").build())).seq();

    assertThat(sessions().find(org, "a").seq()).isEqualTo(last);
    assertThat(queue().counts(org).seq()).isEqualTo(last);
    assertThat(workers().find(worker.ref()).seq()).isEqualTo(last);
    assertThat(sessions().find(org, "a").seq()).isEqualTo(last);
  }

  @Test
  void what_changes_nothing_takes_no_number() {
    enqueue(work("a"), work("b"));
    stop("b");
    long last = seq();

    assertThat(queue().enqueue(org, List.of(work("a").build())).seq()).isEqualTo(last);
    assertThat(queue().enqueue(org, List.of(work("a").content("other").build())).seq())
        .isEqualTo(last);
    assertThat(inboxes().ack(org, "a", "1-1", Lane.NORMAL, null).seq()).isEqualTo(last);
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void a_refusal_carries_the_number_of_the_last_change() {
    KitWorker unknown = worker();
    claim("a");
    long last = seq();

    assertThat(refused(Refusal.NOT_OWNER, () -> worker.withToken(1).nack("a")).seq())
        .isEqualTo(last);
    assertThat(refused(Refusal.UNKNOWN_SESSION, () -> session("nowhere")).seq()).isEqualTo(last);
    assertThat(refused(Refusal.UNKNOWN_WORKER, unknown::beat).seq()).isEqualTo(last);
  }

  @Test
  void many_changes_at_once_have_numbers_of_their_own() {
    List<Long> numbers =
        Together.all(
            16, caller -> queue().enqueue(org, List.of(work("a-" + caller).build())).seq());

    assertThat(numbers).doesNotHaveDuplicates();
  }

  private Decided<?> report(KitWorker worker, SessionState state) {
    return sessions()
        .report(org, "a", worker.holder(), new StatusReport(state, new TreeMap<>(), -1));
  }
}
