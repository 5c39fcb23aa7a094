package dev.sluice.backend.tck.messages;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md, "Offered messages". */
abstract class DeliveryCases extends Fixture {

  @Test
  void a_message_is_offered_by_the_next_poll() {
    claim("a");
    assertThat(worker.read()).isEmpty();

    Message message = send("a", MessageType.NUDGE, "are you there?");

    assertThat(worker.read()).containsExactly(message);
    assertThat(worker.read()).isEmpty();
  }

  @Test
  void a_worker_reads_the_inboxes_of_its_own_sessions_only() {
    claim("a");
    claim(other, work("b"));
    enqueue(work("c"));
    send("b", MessageType.DIRECTIVE, "for the other");
    send("c", MessageType.DIRECTIVE, "for whoever claims it");

    assertThat(worker.read()).isEmpty();
  }

  @Test
  void urgent_messages_come_first_and_each_lane_by_age() {
    claim("a");
    send("a", MessageType.NUDGE, "n1");
    send("a", MessageType.DIRECTIVE, "u1");
    jump(MOMENT);
    send("a", MessageType.HOOK_RESULT, "n2");
    send("a", MessageType.DIRECTIVE, "u2");

    assertThat(worker.readPayloads()).containsExactly("u1", "u2", "n1", "n2");
  }

  @Test
  void the_lane_is_the_senders_choice() {
    claim("a");
    send("a", MessageType.DIRECTIVE, Lane.NORMAL, "no hurry");
    send("a", MessageType.NUDGE, Lane.URGENT, "hurry");

    assertThat(worker.readPayloads()).containsExactly("hurry", "no hurry");
  }

  @Test
  void age_is_counted_beyond_any_number_of_digits() {
    claim("a");
    List<String> sent = new ArrayList<>();
    for (int n = 0; n < 120; n++) {
      send("a", MessageType.DIRECTIVE, "u" + n);
      sent.add("u" + n);
    }

    List<String> read = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      read.addAll(worker.readPayloads());
    }

    assertThat(read).isEqualTo(sent);
  }

  @Test
  void sessions_come_in_the_order_of_their_bytes() {
    enqueue(work("b"), work("\ud83d\ude80"), work("\uff61"), work("a"));
    takeAll(worker, 4);
    for (String id : List.of("b", "\ud83d\ude80", "\uff61", "a")) {
      send(id, MessageType.NUDGE, "normal");
      send(id, MessageType.DIRECTIVE, "urgent");
    }

    assertThat(worker.read())
        .extracting(message -> message.sessionId() + " " + message.payload())
        .containsExactly(
            "a urgent",
            "a normal",
            "b urgent",
            "b normal",
            "\uff61 urgent",
            "\uff61 normal",
            "\ud83d\ude80 urgent",
            "\ud83d\ude80 normal");
  }

  @ParameterizedTest(name = "of {0} urgent and {1} normal ones: {2} and {3}")
  @CsvSource({
    "12, 0,  10, 0",
    "0,  12, 0,  10",
    "12, 5,  8,  2",
    "12, 1,  9,  1",
    "9,  5,  8,  2",
    "8,  5,  8,  2",
    "7,  5,  7,  3",
    "3,  20, 3,  7",
    "1,  20, 1,  9",
    "4,  4,  4,  4",
  })
  void a_read_takes_ten_of_a_session_and_leaves_two_places_to_normal_ones(
      int urgentWaiting, int normalWaiting, int urgentRead, int normalRead) {
    claim("a");
    flood("a", normalWaiting, MessageType.NUDGE);
    flood("a", urgentWaiting, MessageType.DIRECTIVE);

    List<Message> read = worker.read();

    assertThat(read)
        .filteredOn(message -> message.lane() == Lane.URGENT)
        .extracting(Message::payload)
        .isEqualTo(payloads(MessageType.DIRECTIVE, urgentRead));
    assertThat(read)
        .filteredOn(message -> message.lane() == Lane.NORMAL)
        .extracting(Message::payload)
        .isEqualTo(payloads(MessageType.NUDGE, normalRead));
  }

  @Test
  void every_session_has_ten_places_of_its_own() {
    claim("a");
    claim("b");
    flood("a", 12, MessageType.DIRECTIVE);
    flood("b", 12, MessageType.NUDGE);

    assertThat(worker.read()).hasSize(20);
    assertThat(worker.read()).hasSize(4);
  }

  @Test
  void a_flood_of_urgent_messages_never_starves_normal_ones() {
    claim("a");
    flood("a", 6, MessageType.NUDGE);

    for (int n = 0; n < 3; n++) {
      flood("a", 20, MessageType.DIRECTIVE);
      assertThat(worker.read())
          .filteredOn(message -> message.lane() == Lane.NORMAL)
          .as("read %s", n)
          .hasSize(2);
    }
  }

  @Test
  void an_unacknowledged_message_is_offered_again_when_its_visibility_has_passed() {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "are you there?");
    assertThat(worker.read()).containsExactly(message);

    for (int n = 0; n < 3; n++) {
      jump(VISIBILITY.minus(MOMENT));
      assertThat(worker.read()).isEmpty();
      jump(MOMENT);
      assertThat(worker.read()).containsExactly(message);
    }
  }

  @Test
  void what_is_offered_again_goes_before_what_is_younger() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "old");
    worker.read();
    jump(VISIBILITY);
    send("a", MessageType.DIRECTIVE, "young");

    assertThat(worker.readPayloads()).containsExactly("old", "young");
  }

  @Test
  void hidden_messages_take_no_places() {
    claim("a");
    flood("a", 20, MessageType.DIRECTIVE);
    assertThat(worker.read()).hasSize(10);
    flood("a", 3, MessageType.NUDGE);

    assertThat(worker.read())
        .extracting(Message::lane)
        .containsOnly(Lane.URGENT, Lane.NORMAL)
        .hasSize(10);
  }

  @Test
  void full_and_draining_workers_get_their_messages() {
    KitWorker worker = worker().capacity(1).register();
    claim(worker, work("a"));
    Message first = send("a", MessageType.NUDGE, "first");
    assertThat(worker.poll(5).messages()).containsExactly(first);

    worker.beat(1, null, true);
    Message second = send("a", MessageType.NUDGE, "second");

    assertThat(worker.poll(5).messages()).containsExactly(second);
  }

  @Test
  void a_poll_may_bring_work_and_messages() {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "are you there?");
    enqueue(work("b"));

    var result = worker.poll(5);

    assertThat(result.work()).hasSize(1);
    assertThat(result.messages()).containsExactly(message);
  }

  @Test
  void messages_follow_their_session_to_a_new_worker() {
    claim("a");
    Message offered = send("a", MessageType.DIRECTIVE, "offered");
    assertThat(worker.read()).containsExactly(offered);
    Message unread = send("a", MessageType.DIRECTIVE, "not yet offered");
    worker.nack("a");

    other.claim("a");

    assertThat(other.read()).containsExactly(unread);
    jump(VISIBILITY);
    assertThat(other.read()).containsExactly(offered, unread);
    assertThat(worker.read()).isEmpty();
    assertThat(other.ack(offered)).isTrue();
  }

  @Test
  void messages_follow_their_session_after_a_lost_lease() {
    claim("a");
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.read();
    other.register();
    passBeating(LEASE, other);

    other.claim("a");

    assertThat(other.read()).containsExactly(message);
  }

  @Test
  void of_many_polls_at_once_one_brings_a_message() {
    claim("a");
    flood("a", 5, MessageType.DIRECTIVE);

    List<List<Message>> reads = Together.all(16, caller -> worker.read());

    assertThat(reads.stream().flatMap(List::stream)).hasSize(5).doesNotHaveDuplicates();
  }

  private void flood(String id, int count, MessageType type) {
    payloads(type, count).forEach(payload -> send(id, type, payload));
  }

  private static List<String> payloads(MessageType type, int count) {
    return IntStream.range(0, count).mapToObj(n -> type.wire() + " " + n).toList();
  }
}
