package dev.sluice.backend.tck.messages;

import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Inbox". */
abstract class OfferedTimeCases extends Fixture {

  @Test
  void what_was_just_sent_was_never_offered() {
    enqueue(work("a"));

    assertThat(send("a", MessageType.NUDGE, "hello").offeredAtMs()).isZero();
    assertThat(offered("a")).containsExactly(0L);
  }

  @Test
  void a_poll_offers_it_now_and_the_next_one_that_does_later() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "one");
    jump(MOMENT);

    List<Message> read = worker.pollAll("r-1", 0).messages();

    long first = clock.now();
    assertThat(read).extracting(Message::offeredAtMs).containsExactly(first);
    send("a", MessageType.NUDGE, "two");
    jump(VISIBILITY.minus(MOMENT));
    assertThat(offered("a")).as("urgent ones come first").containsExactly(first, 0L);
    jump(Duration.ofMillis(17));
    assertThat(offered("a")).as("readable again").containsExactly(first, 0L);
    worker.pollAll("r-2", 0);
    assertThat(offered("a")).containsExactly(clock.now(), clock.now());
  }

  @Test
  void a_stop_is_offered_by_a_poll_too() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "go on");
    stop("a");
    jump(MOMENT);
    assertThat(offered("a")).containsExactly(0L, 0L);

    worker.read();

    assertThat(inboxes().list(org, "a"))
        .allSatisfy(
            message ->
                assertThat(message.offeredAtMs())
                    .isEqualTo(message.type() == MessageType.STOP ? clock.now() : 0));
  }

  @Test
  void a_refresh_offers_it_now() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    send("a", MessageType.DIRECTIVE, "go on");
    jump(MOMENT);

    Message inject = daemon.refreshAsAnswered("a", RefreshRequest.PLAIN).inject();

    assertThat(Objects.requireNonNull(inject).offeredAtMs()).isEqualTo(clock.now());
    long then = clock.now();
    jump(MOMENT);
    daemon.refresh("a");
    assertThat(offered("a")).as("hidden from the second one").containsExactly(then);
  }

  @Test
  void the_answer_to_a_repeated_poll_counts_as_a_new_offer() {
    KitWorker snake = snake();
    claim(snake, work("a"));
    send("a", MessageType.DIRECTIVE, "go on");
    snake.pollAll("r-1", 0);
    jump(MOMENT);

    List<Message> again = snake.pollAll("r-1", 0).messages();

    assertThat(again).extracting(Message::offeredAtMs).containsExactly(clock.now());
    assertThat(offered("a")).containsExactly(clock.now());
  }

  @Test
  void what_an_ended_session_left_behind_says_it_still() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "seen");
    worker.read();
    long then = clock.now();
    jump(MOMENT);
    send("a", MessageType.DIRECTIVE, "unseen");
    worker.complete("a");

    assertThat(offered("a")).containsExactly(then, 0L);
  }

  @Test
  void what_a_later_run_left_behind_says_nothing_of_an_earlier_one() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "seen");
    worker.read();
    worker.fail("a");
    requeue("a");
    send("a", MessageType.DIRECTIVE, "unseen");

    stop("a");

    assertThat(offered("a")).containsExactly(0L);
  }

  private List<Long> offered(String id) {
    return inboxes().list(org, id).stream().map(Message::offeredAtMs).toList();
  }
}
