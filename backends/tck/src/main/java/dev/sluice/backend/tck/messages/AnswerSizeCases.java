package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.JsonBytes;
import dev.sluice.backend.Page;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.PollResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Size of an answer". */
abstract class AnswerSizeCases extends Fixture {

  /** Larger than its part of an answer would be with four more. */
  private static final String ITEM = "\"" + "x".repeat(900 * 1024) + "\"";

  private static final String[] NEEDED = {"java", "linux"};

  private static final String QUOTED = "\"é\"";

  /** JSON of the names of {@link #sendNamed}: two quotes, a backslash and two accents. */
  private static final int NAMES = 6 + 2 + 4;

  private static final int LARGEST = NewMessage.MAX_PAYLOAD_BYTES;

  /** A character that JSON writes as six. */
  private static final String CONTROL = "\u0001".repeat(LARGEST);

  @Test
  void large_items_come_in_several_answers_in_order() {
    enqueue(works("a", 5, work -> work.item(ITEM)));

    assertThat(worker.take(5)).containsExactly("a001", "a002");
    assertThat(counts().claimed()).as("what is left out is not claimed").isEqualTo(2);
    assertThat(worker.take(5)).containsExactly("a003", "a004");
    assertThat(worker.take(5)).containsExactly("a005");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"SNAKE_CASE", "GO_DAEMON"})
  void an_item_counts_twice_for_clients_that_get_it_twice_and_one_always_fits(Dialect dialect) {
    KitWorker worker = worker().speaking(dialect).register();
    enqueue(works("a", 2, work -> work.item("\"" + "x".repeat(1024 * 1024 - 2) + "\"")));

    assertThat(worker.take(5)).containsExactly("a001");
    assertThat(worker.take(5)).containsExactly("a002");
  }

  @Test
  void a_repeat_brings_the_same_items() {
    enqueue(works("a", 5, work -> work.item(ITEM)));
    PollResult first = worker.poll("r-1", 5);

    assertThat(worker.poll("r-1", 5).work()).isEqualTo(first.work()).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void work_fills_its_part_to_the_byte(Dialect dialect) {
    KitWorker worker = worker().speaking(dialect).can(NEEDED).register();
    long half = PollResult.MAX_WORK_BYTES / 2 / PollResult.copies(dialect);
    enqueue(workOf("a", half), workOf("b", half), workOf("c", half), workOf("d", half + 1));

    assertThat(worker.take(5)).containsExactly("a", "b");
    assertThat(worker.take(5)).containsExactly("c");
    assertThat(worker.take(5)).containsExactly("d");
  }

  /** Work that counts so many bytes. Its members are ones that a store may shorten. */
  private static WorkBuilder workOf(String id, long bytes) {
    String begin = "{\"sessionId\":\"" + id + "\",\"prompt\":\"";
    WorkBuilder work = work(id).needs(NEEDED).about(new Subject("title", "", ""));
    long rest = bytes - StoredBytes.of(work.item(begin + "\"}").build());
    return work.item(begin + "x".repeat((int) rest) + "\"}");
  }

  @ParameterizedTest(name = "{0}, {1} bytes too many")
  @CsvSource({"STANDARD, 0, 10", "STANDARD, 1, 9", "SNAKE_CASE, 0, 10", "SNAKE_CASE, 1, 9"})
  void messages_fill_what_the_work_leaves_to_the_byte(Dialect dialect, int tooMany, int read) {
    KitWorker worker = worker().speaking(dialect).can(NEEDED).register();
    claim(worker, work(QUOTED));
    enqueue(workOf("b", 1_000));
    long left = PollResult.MAX_BYTES - PollResult.MAX_JOB_BYTES;
    left -= 1_000 * PollResult.copies(dialect) + 10 * (StoredBytes.LINE + NAMES);
    for (int n = 0; n < 9; n++) {
      sendNamed(CONTROL);
      left -= JsonBytes.of(CONTROL);
    }
    sendNamed("x".repeat((int) left + tooMany));

    PollResult result = worker.pollAll("r-1", 1);

    assertThat(result.work()).hasSize(1);
    assertThat(result.messages()).hasSize(read);
    assertThat(worker.read()).hasSize(10 - read);
  }

  private void sendNamed(String text) {
    NewMessage message = new NewMessage(MessageType.DIRECTIVE, Lane.URGENT, text, "\\", "Zoë");
    inboxes().send(org, QUOTED, message, BY);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"STANDARD", "SNAKE_CASE"})
  void messages_that_json_makes_longer_come_in_several_answers_each_once(Dialect dialect) {
    KitWorker worker = worker().speaking(dialect).capacity(100).register();
    List<String> sent = new ArrayList<>();
    List<String> sessions = IntStream.range(0, 6).mapToObj(AnswerSizeCases::id).toList();
    enqueue(works("a", 6));
    takeAll(worker, 6);
    for (String id : sessions) {
      for (int n = 0; n < 10; n++) {
        sent.add(send(id, MessageType.DIRECTIVE, CONTROL).id());
      }
    }

    List<String> read = new ArrayList<>();
    for (int polls = 0; read.size() < sent.size(); polls++) {
      assertThat(polls).isLessThan(sent.size());
      List<Message> messages = worker.read();
      assertThat(messages).isNotEmpty();
      assertThat(jsonBytes(messages)).isLessThanOrEqualTo(PollResult.MAX_BYTES);
      messages.forEach(message -> read.add(message.id()));
    }

    assertThat(read).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(worker.read()).isEmpty();
    for (String id : sessions) {
      assertThat(read.stream().filter(sentTo(id, sent)::contains).toList())
          .as("of one lane in order")
          .isEqualTo(sentTo(id, sent));
    }
  }

  /** The id of {@link #works}. */
  private static String id(int n) {
    return String.format("a%03d", n + 1);
  }

  private static List<String> sentTo(String session, List<String> sent) {
    int first = 10 * (Integer.parseInt(session.substring(1)) - 1);
    return sent.subList(first, first + 10);
  }

  @Test
  void plain_texts_count_as_they_are() {
    enqueue(works("a", 5));
    takeAll(worker, 5);
    for (int n = 0; n < 50; n++) {
      send(id(n / 10), MessageType.NUDGE, "x".repeat(LARGEST));
    }

    assertThat(worker.read()).hasSize(50);
  }

  @Test
  void urgent_messages_of_all_sessions_come_before_normal_ones() {
    enqueue(works("a", 3));
    takeAll(worker, 3);
    for (int n = 0; n < 20; n++) {
      send(id(n / 10), MessageType.NUDGE, CONTROL);
    }
    Message urgent = send(id(1), MessageType.DIRECTIVE, "now");
    stop(id(2));

    List<Message> first = worker.read();

    assertThat(first).hasSizeLessThan(22).contains(urgent);
    assertThat(first).extracting(Message::type).contains(MessageType.STOP);
    assertThat(first.stream().filter(message -> message.lane() == Lane.NORMAL)).isNotEmpty();
  }

  @Test
  void work_and_messages_share_an_answer_and_jobs_have_room() {
    KitWorker worker = worker().can(BatchLane.CAPABILITY).capacity(100).register();
    enqueue(works("a", 2));
    takeAll(worker, 2);
    for (int n = 0; n < 20; n++) {
      send(id(n / 10), MessageType.NUDGE, CONTROL);
    }
    enqueue(works("b", 5, work -> work.item(ITEM)));
    add("j");

    PollResult result = worker.pollAll("r-1", 5);

    assertThat(result.work()).hasSize(2);
    assertThat(result.messages()).isNotEmpty();
    assertThat(result.batch()).hasSize(1);
    long work = result.work().stream().mapToLong(each -> each.item().length()).sum();
    assertThat(work + jsonBytes(result.messages())).isLessThanOrEqualTo(PollResult.MAX_BYTES);
  }

  @Test
  void a_repeat_that_leaves_out_a_message_lets_no_poll_acknowledge_it() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    for (int n = 0; n < 10; n++) {
      send("a", MessageType.NUDGE, "normal " + n);
    }
    assertThat(worker.poll("r-1", 0).messages()).hasSize(10);
    for (int n = 0; n < 10; n++) {
      send("a", MessageType.DIRECTIVE, "urgent " + n);
    }

    assertThat(worker.poll("r-1", 0).messages())
        .extracting(Message::payload)
        .hasSize(10)
        .doesNotContain("normal 9");

    assertThat(worker.poll("r-2", 0).messages())
        .extracting(Message::payload)
        .hasSize(10)
        .contains("normal 9");
    worker.read();
    assertThat(inbox("a")).isEmpty();
  }

  @Test
  void a_list_of_messages_cuts_the_texts_that_would_fill_a_page() {
    claim("a");
    for (int n = 0; n < 15; n++) {
      send("a", MessageType.NUDGE, CONTROL);
    }

    List<Message> listed = inbox("a");

    assertThat(listed).hasSize(15);
    assertThat(listed.get(0).payload()).isEqualTo(CONTROL);
    assertThat(listed.get(14).payload()).hasSizeLessThanOrEqualTo(Message.EXCERPT_BYTES + 3);
    assertThat(jsonBytes(listed)).isLessThanOrEqualTo(Page.MAX_BYTES);
    assertThat(inboxes().history(org, "a").unacknowledged()).isEqualTo(listed);
    worker.complete("a");
    assertThat(inbox("a")).as("archived").isEqualTo(listed);
  }

  private static long jsonBytes(List<Message> messages) {
    return messages.stream()
        .mapToLong(message -> JsonBytes.of(message.payload()) + JsonBytes.of(message.sessionId()))
        .sum();
  }
}
