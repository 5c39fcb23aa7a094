package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Page;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.tck.WorkBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Inbox". */
abstract class UnreadCases extends Fixture {

  // The lanes

  @Test
  void an_org_without_messages_has_empty_lanes() {
    assertThat(lane(Lane.URGENT)).isEmpty();
    assertThat(lane(Lane.NORMAL)).isEmpty();
    assertThat(unread()).isEqualTo(InboxCounts.NONE);
  }

  @Test
  void each_lane_has_the_messages_of_all_sessions_the_oldest_first() {
    enqueue(work("b"), work("a"));
    Message first = send("b", MessageType.DIRECTIVE, "1");
    long start = clock.now();
    jump(MOMENT);
    Message nudge = send("a", MessageType.NUDGE, "2");
    Message second = send("a", MessageType.DIRECTIVE, "3");
    Message third = send("b", MessageType.NUDGE, Lane.URGENT, "4");
    long last = seq();

    assertThat(lane(Lane.URGENT)).containsExactly(first, second, third);
    assertThat(lane(Lane.NORMAL)).containsExactly(nudge);
    assertThat(unread()).isEqualTo(new InboxCounts(3, start, 1, clock.now()));

    assertThat(numberOf(() -> inboxes().unacknowledged(org, Lane.URGENT, null, 1))).isEqualTo(last);
    assertThat(numberOf(() -> inboxes().counts(org))).isEqualTo(last);
  }

  @Test
  void a_page_starts_behind_the_previous_one_after_acknowledgements() {
    enqueue(work("a"), work("b"));
    List<Message> sent =
        IntStream.range(0, 5)
            .mapToObj(n -> send(n % 2 == 0 ? "a" : "b", MessageType.DIRECTIVE, "message " + n))
            .toList();
    assertThat(Pages.sizes(2, (cursor, limit) -> page(cursor, limit))).containsExactly(2, 2, 1);
    assertThat(Pages.sizes(5, (cursor, limit) -> page(cursor, limit))).containsExactly(5);

    Page<Message> page = page(null, 2);
    assertThat(page.items()).containsExactly(sent.get(0), sent.get(1));
    ackForOrg(sent.get(1));
    ackForOrg(sent.get(2));
    Message late = send("a", MessageType.DIRECTIVE, "late");

    assertThat(page(page.next(), 2).items()).containsExactly(sent.get(3), sent.get(4));
    assertThat(Pages.all(1, (cursor, limit) -> page(cursor, limit)))
        .containsExactly(sent.get(0), sent.get(3), sent.get(4), late);
  }

  @Test
  void it_says_when_each_was_last_offered() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "seen");
    jump(MOMENT);
    worker.read();
    send("a", MessageType.DIRECTIVE, "unseen");

    assertThat(page(null, 10).items())
        .extracting(Message::offeredAtMs)
        .containsExactly(clock.now(), 0L);
  }

  @Test
  void a_long_text_is_cut_behind_a_whole_character() {
    enqueue(work("a"));
    String exact = "é".repeat(Message.EXCERPT_BYTES / 2);
    send("a", MessageType.DIRECTIVE, exact);
    send("a", MessageType.DIRECTIVE, exact + "x");
    send("a", MessageType.DIRECTIVE, "x" + exact);
    send("a", MessageType.DIRECTIVE, "xx\n" + "😀".repeat(1_000));
    send("a", MessageType.DIRECTIVE, "");

    assertThat(lane(Lane.URGENT))
        .extracting(Message::payload)
        .containsExactly(
            exact,
            exact + "…",
            "x" + "é".repeat(Message.EXCERPT_BYTES / 2 - 1) + "…",
            "xx\n" + "😀".repeat((Message.EXCERPT_BYTES - 3) / 4) + "…",
            "");
    assertThat(inbox("a")).extracting(Message::payload).contains("xx\n" + "😀".repeat(1_000));
  }

  @Test
  void they_follow_their_session_wherever_it_goes() {
    Message message = message(work("a"));
    assertThat(lane(Lane.URGENT)).as("waiting").containsExactly(message);
    worker.claim("a");
    assertThat(lane(Lane.URGENT)).as("claimed").containsExactly(message);
    worker.read();
    worker.nack("a");
    assertThat(lane(Lane.URGENT)).as("returned").containsExactly(message);
    worker().register().claimByName("a");
    pass(LEASE.multipliedBy(2));
    assertSession("a").isReady();
    assertThat(lane(Lane.URGENT)).as("after a lost lease").containsExactly(message);
    assertThat(unread().urgent()).isEqualTo(1);
  }

  @Test
  void a_damaged_session_hides_no_message() {
    Message first = message(work("a"));
    Message second = message(work("b"));
    damage("a");

    assertThat(lane(Lane.URGENT)).containsExactly(first, second);
    assertThat(unread().urgent()).isEqualTo(2);
  }

  @Test
  void another_org_has_lanes_of_its_own() {
    message(work("a"));

    assertThat(inboxes().unacknowledged(newOrg(), Lane.URGENT, null, 10).items()).isEmpty();
    assertThat(inboxes().counts(newOrg())).isEqualTo(InboxCounts.NONE);
  }

  @Test
  void a_repeated_call_counts_once() {
    enqueue(work("a"));
    NewMessage message =
        new NewMessage(MessageType.DIRECTIVE, Lane.URGENT, "go on", null, null)
            .bearing(new Idempotency("k", 0, "body"));
    inboxes().send(org, "a", message, BY);
    inboxes().send(org, "a", message, BY);

    assertThat(unread().urgent()).isEqualTo(1);
  }

  // What takes a message out

  @Test
  void an_acknowledgement_does_and_the_next_is_the_oldest() {
    claim("a");
    Message first = send("a", MessageType.DIRECTIVE, "1");
    Message nudge = send("a", MessageType.NUDGE, "2");
    jump(MOMENT);
    Message second = send("a", MessageType.DIRECTIVE, "3");
    worker.read();

    worker.ack(first);

    assertThat(lane(Lane.URGENT)).containsExactly(second);
    assertThat(unread())
        .isEqualTo(new InboxCounts(1, second.createdAtMs(), 1, nudge.createdAtMs()));
    ackForOrg(second);
    ackForOrg(nudge);
    ackForOrg(nudge);
    assertThat(unread()).isEqualTo(InboxCounts.NONE);
  }

  @Test
  void a_refresh_of_a_go_daemon_does_nudges_included() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message directive = send("a", MessageType.DIRECTIVE, "1");
    send("a", MessageType.NUDGE, "2");
    daemon.refresh("a", RefreshRequest.PLAIN);
    assertThat(lane(Lane.URGENT)).containsExactly(directive);
    assertThat(lane(Lane.NORMAL)).isEmpty();

    daemon.refreshAcking("a", directive.id());

    assertThat(unread()).isEqualTo(InboxCounts.NONE);
  }

  @Test
  void the_next_poll_of_a_snake_case_worker_does() {
    KitWorker snake = snake();
    claim(snake, work("a"));
    send("a", MessageType.DIRECTIVE, "1");
    send("a", MessageType.NUDGE, "2");
    snake.read();
    assertThat(unread().urgent()).isEqualTo(1);
    Message later = send("a", MessageType.NUDGE, "3");

    snake.poll(0);

    assertThat(lane(Lane.URGENT)).isEmpty();
    assertThat(lane(Lane.NORMAL)).containsExactly(later);
  }

  @Test
  void a_stop_stands_in_its_lane_until_it_is_released() {
    claim("a");
    stop("a");
    assertThat(lane(Lane.URGENT)).extracting(Message::type).containsExactly(MessageType.STOP);

    pass(LEASE.plus(GRACE));

    assertSession("a").isStopped();
    assertThat(unread()).isEqualTo(InboxCounts.NONE);
  }

  enum End {
    REPORTED,
    STOPPED_WAITING,
    STOPPED,
    DEAD
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void an_end_does_and_a_requeue_brings_nothing_back(End how) {
    Message other = message(work("other").priority(2));
    enqueue(work("a").priority(1).deadline(clock.now() + 1));
    if (how == End.REPORTED || how == End.STOPPED) {
      worker.claim("a");
    }
    send("a", MessageType.DIRECTIVE, "1");
    send("a", MessageType.NUDGE, "2");
    worker.read();
    send("a", MessageType.DIRECTIVE, "3");
    send("a", MessageType.NUDGE, "4");
    assertThat(unread().urgent()).isEqualTo(3);

    switch (how) {
      case REPORTED -> worker.complete("a");
      case STOPPED_WAITING -> stop("a");
      case STOPPED -> {
        stop("a");
        worker.report("a", SessionState.STOPPED);
      }
      case DEAD -> sweepAfter(MOMENT);
    }

    assertThat(lane(Lane.URGENT)).containsExactly(other);
    assertThat(unread()).isEqualTo(new InboxCounts(1, other.createdAtMs(), 0, 0));
    requeue("a");
    assertThat(unread().urgent()).isEqualTo(1);
    assertThat(unread().normal()).isZero();
  }

  @Test
  void the_end_of_a_full_inbox_leaves_nothing() {
    enqueue(work("a"));
    for (int n = 0; n < RULES.maxUnacked(); n++) {
      send("a", n % 2 == 0 ? MessageType.DIRECTIVE : MessageType.NUDGE, "message " + n);
    }
    assertThat(unread().urgent() + unread().normal()).isEqualTo(RULES.maxUnacked());

    stop("a");

    assertThat(unread()).isEqualTo(InboxCounts.NONE);
  }

  // Words of these cases

  private Message message(WorkBuilder work) {
    enqueue(work);
    return send(work.id(), MessageType.DIRECTIVE, "go on");
  }

  private List<Message> lane(Lane lane) {
    return inboxes().unacknowledged(org, lane, null, Page.MAX).items().stream()
        .map(KitWorker::asSent)
        .toList();
  }

  private Page<Message> page(@Nullable Cursor cursor, int limit) {
    return inboxes().unacknowledged(org, Lane.URGENT, cursor, limit);
  }

  private InboxCounts unread() {
    return inboxes().counts(org);
  }
}
