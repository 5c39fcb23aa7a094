package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Repeated polls". */
abstract class SnakeCaseCases extends Fixture {

  @Test
  void its_next_poll_acknowledges_what_the_poll_before_brought() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    claim(worker, work("b"));
    Message first = send("a", MessageType.DIRECTIVE, "first");
    Message second = send("b", MessageType.NUDGE, "second");
    assertThat(worker.read()).containsExactly(first, second);
    assertThat(inbox("a")).containsExactly(first);
    long before = seq();

    assertThat(worker.read()).isEmpty();

    assertThat(seq()).as("one change").isEqualTo(before + 1);
    assertThat(inbox("a")).isEmpty();
    assertThat(inbox("b")).isEmpty();
    jump(VISIBILITY);
    assertThat(worker.read()).isEmpty();
  }

  @Test
  void a_repeated_poll_acknowledges_nothing_and_brings_them_again() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    assertThat(worker.poll("r-1", 1).messages()).containsExactly(message);

    assertThat(worker.poll("r-1", 1).messages()).containsExactly(message);
    jump(VISIBILITY);
    assertThat(worker.poll("r-1", 1).messages()).containsExactly(message);
    assertThat(inbox("a")).containsExactly(message);

    assertThat(worker.poll("r-2", 1).messages()).isEmpty();
    assertThat(inbox("a")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"STANDARD", "GO_DAEMON"})
  void polls_of_others_acknowledge_nothing(Dialect dialect) {
    KitWorker worker = worker().speaking(dialect).register();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.read();

    worker.read();

    assertThat(inbox("a")).containsExactly(message);
  }

  @Test
  void what_its_id_was_offered_in_another_dialect_is_not_acknowledged() {
    KitWorker before = worker().named("w-1").register();
    claim(before, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    assertThat(before.read()).containsExactly(message);
    before.deregister();
    KitWorker worker = worker().named("w-1").speaking(Dialect.SNAKE_CASE).register();
    worker.claim("a");
    jump(VISIBILITY);

    assertThat(worker.read()).containsExactly(message);
  }

  @Test
  void other_calls_of_it_acknowledge_nothing() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.read();

    worker.beat(1, null, null);
    worker.touch("a");
    worker.refresh("a");
    worker.start("a");
    worker.tell("a", "thought", "hm");
    worker.claimByName("a");

    assertThat(inbox("a")).containsExactly(message);
    assertThat(worker.ack(message)).isTrue();
  }

  @Test
  void what_was_not_offered_yet_is_not_acknowledged() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    for (int n = 0; n < 25; n++) {
      send("a", MessageType.DIRECTIVE, "m" + n);
    }

    assertThat(worker.readPayloads()).hasSize(10).startsWith("m0");
    assertThat(worker.readPayloads()).hasSize(10).startsWith("m10");
    assertThat(inbox("a")).hasSize(15);
    assertThat(worker.readPayloads()).hasSize(5).startsWith("m20");
    assertThat(worker.readPayloads()).isEmpty();
    assertThat(inbox("a")).isEmpty();
  }

  @Test
  void a_stop_that_it_was_offered_releases_and_its_slot_is_free_in_the_same_poll() {
    KitWorker worker = worker().speaking(Dialect.SNAKE_CASE).capacity(1).register();
    claim(worker, work("a"));
    Message unread = send("a", MessageType.NUDGE, "are you there?");
    stop("a");
    enqueue(work("b"));
    assertThat(worker.poll(1).messages())
        .extracting(Message::type)
        .containsExactly(MessageType.STOP);
    assertSession("a").isStoppingOn(worker);

    assertThat(worker.take(1)).containsExactly("b");

    assertSession("a").isStopped().isOwnedBy(worker);
    assertThat(inbox("a")).as("archived").containsExactly(unread);
  }

  @Test
  void what_it_was_offered_before_the_stop_is_acknowledged_and_not_archived() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    send("a", MessageType.DIRECTIVE, "go on");
    worker.read();
    stop("a");
    worker.read();
    assertThat(inbox("a")).extracting(Message::type).containsExactly(MessageType.STOP);

    worker.read();

    assertSession("a").isStopped();
    assertThat(inbox("a")).isEmpty();
  }

  @Test
  void what_another_was_offered_is_not_acknowledged() {
    KitWorker old = snake();
    KitWorker successor = snake();
    claim(old, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    old.read();
    successor.takeOver("a", old);

    assertThat(successor.read()).isEmpty();
    old.read();
    assertThat(inbox("a")).containsExactly(message);
    jump(VISIBILITY);
    assertThat(successor.read()).containsExactly(message);
    old.read();
    assertThat(inbox("a")).containsExactly(message);
    successor.read();
    assertThat(inbox("a")).isEmpty();
  }

  @Test
  void of_a_session_that_left_it_nothing_is_acknowledged() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.read();
    worker.nack("a");

    worker.read();

    assertThat(inbox("a")).containsExactly(message);
    KitWorker next = worker().register();
    next.claim("a");
    jump(VISIBILITY);
    assertThat(next.read()).containsExactly(message);
  }

  @Test
  void what_a_refresh_brought_was_offered_by_no_poll() {
    KitWorker daemon = daemon();
    KitWorker worker = snake();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    daemon.refresh("a");
    worker.takeOver("a", daemon);

    worker.read();
    worker.read();

    assertThat(inbox("a")).containsExactly(message);
  }

  @Test
  void once_it_takes_messages_by_refreshes_its_polls_acknowledge_nothing() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.read();
    worker.refresh("a", new RefreshRequest(true, null));

    worker.read();

    assertThat(inbox("a")).containsExactly(message);
    jump(VISIBILITY);
    assertThat(worker.refresh("a").inject()).isEqualTo(message);
  }

  @Test
  void a_damaged_session_is_passed_over() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    claim(worker, work("b"));
    send("a", MessageType.DIRECTIVE, "for a");
    send("b", MessageType.DIRECTIVE, "for b");
    assertThat(worker.read()).hasSize(2);
    damage("a");

    assertThat(worker.read()).isEmpty();

    assertThat(inbox("b")).isEmpty();
  }

  @Test
  void a_retired_one_is_gone_with_the_stop_that_its_poll_acknowledges() {
    KitWorker worker = worker().speaking(Dialect.SNAKE_CASE).on("machine").register();
    claim(worker, work("a"));
    worker().on("machine").register();
    stop("a");
    worker.read();

    assertThat(worker.poll(1).work()).isEmpty();

    assertSession("a").isStopped();
    refused(Refusal.UNKNOWN_WORKER, worker::record);
  }

  @Test
  void of_many_polls_at_once_one_brings_a_message() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    send("a", MessageType.DIRECTIVE, "go on");

    List<List<String>> read = Together.all(8, caller -> worker.readPayloads());

    assertThat(read.stream().flatMap(List::stream)).containsExactly("go on");
    assertThat(worker.read()).isEmpty();
    assertThat(inbox("a")).isEmpty();
  }
}
