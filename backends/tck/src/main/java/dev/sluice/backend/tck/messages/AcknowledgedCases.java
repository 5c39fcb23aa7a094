package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Inbox". */
abstract class AcknowledgedCases extends Fixture {

  @Test
  void it_is_kept_with_its_times_and_the_worker_that_acknowledged_it() {
    claim("a");
    NewMessage sent =
        new NewMessage(MessageType.HOOK_RESULT, Lane.URGENT, "done\nwell", "usr-1", "An operator");
    Message message = inboxes().send(org, "a", sent, BY).message();
    jump(MOMENT);
    worker.read();
    long offered = clock.now();
    jump(MOMENT);
    worker.ack(message);
    long acked = clock.now();
    jump(MOMENT);

    assertThat(acked("a"))
        .containsExactly(new AckedMessage(message.offered(offered), acked, worker.id()));
    assertThat(history("a").unacknowledged()).isEmpty();
  }

  @Test
  void what_nobody_was_offered_was_acknowledged_for_the_org() {
    enqueue(work("a"));
    Message message = send("a", MessageType.NUDGE, "hello");

    ackForOrg(message);
    ackForOrg(message);

    assertThat(acked("a")).containsExactly(new AckedMessage(message, clock.now(), null));
  }

  @Test
  void it_is_by_a_refresh_nudges_first_named() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message directive = send("a", MessageType.DIRECTIVE, "1");
    daemon.refresh("a", RefreshRequest.PLAIN);
    long offered = clock.now();
    Message nudge = send("a", MessageType.NUDGE, "2");
    jump(MOMENT);

    daemon.refreshAcking("a", directive.id());

    assertThat(acked("a"))
        .containsExactly(
            new AckedMessage(directive.offered(offered), clock.now(), daemon.id()),
            new AckedMessage(nudge, clock.now(), daemon.id()));
  }

  @Test
  void it_is_by_the_next_poll_of_a_snake_case_worker() {
    KitWorker snake = snake();
    claim(snake, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    snake.read();
    long offered = clock.now();
    jump(MOMENT);

    snake.poll(0);

    assertThat(acked("a"))
        .containsExactly(new AckedMessage(message.offered(offered), clock.now(), snake.id()));
  }

  @Test
  void of_those_that_one_call_acknowledges_the_oldest_comes_first_whatever_its_lane() {
    KitWorker snake = snake();
    claim(snake, work("a").priority(1));
    send("a", MessageType.NUDGE, "1");
    send("a", MessageType.DIRECTIVE, "2");
    send("a", MessageType.NUDGE, "3");
    send("a", MessageType.DIRECTIVE, "4");
    snake.read();
    snake.poll(0);
    KitWorker daemon = daemon();
    enqueue(work("b"));
    daemon.claimByName("b");
    send("b", MessageType.NUDGE, "1");
    send("b", MessageType.NUDGE, Lane.URGENT, "2");
    send("b", MessageType.NUDGE, "3");
    daemon.refresh("b", RefreshRequest.PLAIN);

    assertThat(acked("a"))
        .extracting(acked -> acked.message().payload())
        .containsExactly("1", "2", "3", "4");
    assertThat(acked("b"))
        .extracting(acked -> acked.message().payload())
        .containsExactly("1", "2", "3");
  }

  @Test
  void a_stop_is_kept_too() {
    claim("a");
    stop("a");
    Message stop = worker.read().get(0);
    worker.ack(stop);

    assertSession("a").isStopped();
    assertThat(acked("a"))
        .containsExactly(new AckedMessage(stop.offered(clock.now()), clock.now(), worker.id()));
  }

  @Test
  void its_text_is_cut() {
    enqueue(work("a"));
    String text = "x".repeat(Message.EXCERPT_BYTES - 1) + "é".repeat(10_000);
    ackForOrg(send("a", MessageType.DIRECTIVE, text));

    assertThat(acked("a"))
        .extracting(acked -> acked.message().payload())
        .containsExactly("x".repeat(Message.EXCERPT_BYTES - 1) + "…");
  }

  @Test
  void the_latest_hundred_are_kept() {
    enqueue(work("a"));
    for (int n = 1; n <= InboxHistory.MAX_ACKNOWLEDGED + 3; n++) {
      ackForOrg(send("a", n % 2 == 0 ? MessageType.DIRECTIVE : MessageType.NUDGE, "message " + n));
    }

    assertThat(acked("a"))
        .hasSize(InboxHistory.MAX_ACKNOWLEDGED)
        .extracting(acked -> acked.message().payload())
        .startsWith("message 4", "message 5")
        .endsWith("message " + (InboxHistory.MAX_ACKNOWLEDGED + 3));
  }

  @Test
  void they_stay_through_an_end_and_in_the_next_run() {
    claim("a");
    Message first = send("a", MessageType.NUDGE, "first run");
    worker.ack(first);
    Message left = send("a", MessageType.DIRECTIVE, "unread");
    worker.read();
    long offered = clock.now();
    jump(MOMENT);
    worker.fail("a");
    assertThat(history("a").unacknowledged()).containsExactly(left.offered(offered));
    assertThat(acked("a")).extracting(AckedMessage::message).containsExactly(first);
    pass(Duration.ofMinutes(3));
    assertThat(history("a").unacknowledged()).containsExactly(left.offered(offered));
    assertThat(acked("a")).extracting(AckedMessage::message).containsExactly(first);

    requeue("a");
    Message second = send("a", MessageType.NUDGE, "second run");
    assertThat(history("a").unacknowledged()).containsExactly(second);
    ackForOrg(second);

    assertThat(acked("a")).extracting(AckedMessage::message).containsExactly(first, second);
  }

  @Test
  void the_latest_hundred_are_counted_over_all_runs() {
    enqueue(work("a"));
    for (int n = 0; n < InboxHistory.MAX_ACKNOWLEDGED; n++) {
      ackForOrg(send("a", MessageType.NUDGE, "message " + n));
    }
    stop("a");
    pass(Duration.ofMinutes(3));
    requeue("a");

    ackForOrg(send("a", MessageType.NUDGE, "second run"));

    assertThat(acked("a"))
        .hasSize(InboxHistory.MAX_ACKNOWLEDGED)
        .extracting(acked -> acked.message().payload())
        .startsWith("message 1")
        .endsWith("second run");
  }

  @Test
  void they_go_with_the_record_of_their_session() {
    enqueue(work("a"));
    ackForOrg(send("a", MessageType.NUDGE, "read"));
    Message left = send("a", MessageType.NUDGE, "unread");
    stop("a");

    sweepAfter(Duration.ofMillis(RULES.kept().endedMs()));

    assertThat(history("a")).isEqualTo(new InboxHistory(List.of(left), List.of()));
    sweepAfter(Duration.ofMillis(RULES.kept().archiveMs()));
    refused(Refusal.UNKNOWN_SESSION, () -> history("a"));
    sweepAfter(Duration.ofMillis(RULES.kept().auditMs()));
    assertNothingLeft();
  }

  @Test
  void the_unacknowledged_are_those_that_are_listed() {
    claim("a");
    send("a", MessageType.NUDGE, "x".repeat(10_000));
    send("a", MessageType.DIRECTIVE, "2");
    worker.read();
    assertThat(history("a").unacknowledged()).isEqualTo(inboxes().list(org, "a")).hasSize(2);

    worker.complete("a");

    assertThat(history("a").unacknowledged()).isEqualTo(inboxes().list(org, "a")).hasSize(2);
  }

  @Test
  void an_unknown_session_has_no_history() {
    refused(Refusal.UNKNOWN_SESSION, () -> history("a"));
  }

  private InboxHistory history(String id) {
    return inboxes().history(org, id);
  }

  private List<AckedMessage> acked(String id) {
    return history(id).acknowledged();
  }
}
