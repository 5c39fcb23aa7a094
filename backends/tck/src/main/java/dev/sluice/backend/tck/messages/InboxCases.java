package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class InboxCases extends Fixture {

  @Test
  void a_message_is_stored_as_sent() {
    enqueue(work("a"));
    NewMessage sent =
        new NewMessage(MessageType.DIRECTIVE, Lane.NORMAL, "go on", "usr-1", "An operator");

    SendResult stored = inboxes().send(org, "a", sent, BY);

    assertThat(stored.message())
        .isEqualTo(
            new Message(
                clock.now() + "-" + AnswerLog.last(),
                "a",
                MessageType.DIRECTIVE,
                Lane.NORMAL,
                "go on",
                "usr-1",
                "An operator",
                clock.now()));
  }

  @Test
  void what_was_stored_is_what_is_offered() {
    claim("a");
    NewMessage sent =
        new NewMessage(MessageType.HOOK_RESULT, Lane.URGENT, "done", "usr-1", "An operator");
    Message stored = inboxes().send(org, "a", sent, BY).message();
    Message anonymous = send("a", MessageType.NUDGE, "");

    assertThat(worker.read()).containsExactly(stored, anonymous);
  }

  @Test
  void messages_may_be_sent_before_anybody_claims_the_session() {
    enqueue(work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "mind the gap");

    worker.claim("a");

    assertThat(worker.read()).containsExactly(message);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED"})
  void an_ended_session_takes_no_messages(SessionState state) {
    claim("a");
    worker.report("a", state);

    refused(Refusal.WRONG_STATE, () -> send("a", MessageType.NUDGE, "too late"));
  }

  @Test
  void a_session_that_is_being_stopped_takes_no_messages() {
    claim("a");
    stop("a");

    refused(Refusal.WRONG_STATE, () -> send("a", MessageType.DIRECTIVE, "too late"));
  }

  @Test
  void an_inbox_holds_a_thousand_unacknowledged_messages() {
    claim("a");
    Message first = send("a", MessageType.DIRECTIVE, "message 1");
    for (int n = 2; n <= 1_000; n++) {
      send("a", n % 2 == 0 ? MessageType.DIRECTIVE : MessageType.NUDGE, "message " + n);
    }

    refused(Refusal.INBOX_FULL, () -> send("a", MessageType.DIRECTIVE, "one more"));
    worker.read();
    refused(Refusal.INBOX_FULL, () -> send("a", MessageType.NUDGE, "though some were offered"));
    worker.ack(first);
    send("a", MessageType.NUDGE, "in its place");
    refused(Refusal.INBOX_FULL, () -> send("a", MessageType.NUDGE, "one more"));

    stop("a");
    assertThat(worker.read()).as("a stop gets in anyway").hasSize(1);
  }

  @Test
  void an_acknowledged_message_is_never_offered_again() {
    claim("a");
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    assertThat(worker.read()).containsExactly(message);

    assertThat(worker.ack(message)).isTrue();
    assertThat(worker.ack(message)).as("the second time").isFalse();

    jump(VISIBILITY);
    assertThat(worker.read()).isEmpty();
  }

  @Test
  void a_message_may_be_acknowledged_before_it_is_offered() {
    claim("a");
    Message message = send("a", MessageType.DIRECTIVE, "go on");

    assertThat(ackForOrg(message)).isTrue();

    assertThat(worker.read()).isEmpty();
  }

  @Test
  void an_acknowledgement_names_the_lane_of_its_message() {
    claim("a");
    Message urgent = send("a", MessageType.DIRECTIVE, "urgent");
    Message normal = send("a", MessageType.NUDGE, "normal");

    assertThat(inboxes().ack(org, "a", urgent.id(), Lane.NORMAL, null).known()).isFalse();
    assertThat(inboxes().ack(org, "a", normal.id(), Lane.URGENT, null).known()).isFalse();

    assertThat(worker.read()).containsExactly(urgent, normal);
    assertThat(inboxes().ack(org, "a", urgent.id(), Lane.URGENT, null).known()).isTrue();
    assertThat(inboxes().ack(org, "a", normal.id(), Lane.NORMAL, null).known()).isTrue();
  }

  @Test
  void a_message_is_acknowledged_in_its_own_session_only() {
    enqueue(work("a"), work("b"));
    Message message = send("a", MessageType.NUDGE, "for a");

    assertThat(inboxes().ack(org, "b", message.id(), message.lane(), null).known()).isFalse();
    assertThat(ackForOrg(message)).isTrue();
  }

  @Test
  void whatever_is_no_message_id_is_answered_as_unknown() {
    enqueue(work("a"));
    send("a", MessageType.NUDGE, "hello");

    for (String id : new String[] {"", "0", "-", "1-", "x", "*", "99999999999999999999-1"}) {
      assertThat(inboxes().ack(org, "a", id, Lane.NORMAL, null).known()).as(id).isFalse();
    }
  }

  @Test
  void nothing_is_left_to_acknowledge_of_an_ended_session() {
    claim("a");
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.complete("a");

    assertThat(ackForOrg(message)).isFalse();
    assertThat(worker.ack(message)).isFalse();
    assertSession("a").isCompleted();
  }

  @Test
  void of_many_acknowledgements_at_once_one_counts() {
    enqueue(work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");

    assertThat(Together.all(16, caller -> ackForOrg(message)))
        .filteredOn(acknowledged -> acknowledged)
        .hasSize(1);
  }
}
