package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Inbox", "The end of a session" and "Sweep, by org". */
abstract class ArchiveCases extends Fixture {

  private static final Duration KEPT = Duration.ofMillis(RULES.kept().archiveMs());

  // While it lives

  @Test
  void a_live_session_lists_what_is_unacknowledged_urgent_first_then_by_age() {
    enqueue(work("a"));
    Message nudge = send("a", MessageType.NUDGE, "1");
    Message directive = send("a", MessageType.DIRECTIVE, "2");
    Message urgent = send("a", MessageType.NUDGE, Lane.URGENT, "3");
    Message result = send("a", MessageType.HOOK_RESULT, "4");
    long last = seq();

    assertThat(list("a")).containsExactly(directive, urgent, nudge, result);

    assertThat(numberOf(() -> inboxes().list(org, "a"))).isEqualTo(last);
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void offered_ones_are_listed_until_they_are_acknowledged() {
    claim("a");
    Message first = send("a", MessageType.NUDGE, "1");
    Message second = send("a", MessageType.NUDGE, "2");
    worker.read();
    assertThat(list("a")).containsExactly(first, second);

    worker.ack(first);

    assertThat(list("a")).containsExactly(second);
  }

  @Test
  void to_list_them_offers_nothing() {
    claim("a");
    send("a", MessageType.NUDGE, "hello");
    list("a");

    assertThat(worker.readPayloads()).containsExactly("hello");
  }

  @Test
  void in_the_grace_the_stop_is_listed_with_what_else_is_unacknowledged() {
    claim("a");
    send("a", MessageType.NUDGE, "nudge");
    send("a", MessageType.DIRECTIVE, "directive");
    stop("a");

    assertThat(list("a"))
        .extracting(Message::payload)
        .containsExactly("directive", "enough", "nudge");
  }

  @Test
  void messages_stay_listed_through_a_return_and_a_requeue_by_hand() {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "hello");
    worker.nack("a");
    assertThat(list("a")).containsExactly(message);
    assertThat(worker().register().claimByName("a").denial()).isNull();

    requeue("a");

    assertThat(list("a")).containsExactly(message);
  }

  // After its end

  enum End {
    REPORTED,
    STOPPED_WAITING,
    RELEASED,
    DEAD
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_was_unacknowledged_at_the_end_is_archived_but_for_a_stop(End how) {
    enqueue(work("a").deadline(clock.now() + 1));
    if (how == End.REPORTED || how == End.RELEASED) {
      worker.claim("a");
    }
    Message nudge = send("a", MessageType.NUDGE, "1");
    Message directive = send("a", MessageType.DIRECTIVE, "2");
    ackForOrg(send("a", MessageType.DIRECTIVE, "acknowledged"));

    switch (how) {
      case REPORTED -> worker.complete("a");
      case STOPPED_WAITING -> stop("a");
      case RELEASED -> {
        stop("a");
        worker.report("a", SessionState.STOPPED);
      }
      case DEAD -> sweepAfter(MOMENT);
    }

    assertThat(list("a")).containsExactly(directive, nudge);
    assertThat(ackForOrg(nudge)).as("no longer in the inbox").isFalse();
    assertThat(list("a")).containsExactly(directive, nudge);
    assertThat(worker.read()).isEmpty();
  }

  @Test
  void an_end_that_leaves_nothing_archives_nothing() {
    claim("a");
    stop("a");
    worker.report("a", SessionState.STOPPED);

    assertThat(list("a")).isEmpty();
  }

  @Test
  void the_next_run_has_an_inbox_of_its_own() {
    claim("a");
    send("a", MessageType.NUDGE, "first run");
    worker.fail("a");

    requeue("a");

    assertThat(list("a")).as("live").isEmpty();
    worker.claim("a");
    assertThat(worker.read()).isEmpty();
    Message second = send("a", MessageType.NUDGE, "second run");
    assertThat(list("a")).containsExactly(second);
  }

  @Test
  void an_end_replaces_the_archive_only_where_it_leaves_messages() {
    claim("a");
    Message first = send("a", MessageType.NUDGE, "first run");
    worker.fail("a");
    requeue("a");
    worker.claim("a");
    worker.fail("a");
    assertThat(list("a")).containsExactly(first);
    requeue("a");
    worker.claim("a");
    Message third = send("a", MessageType.NUDGE, "third run");

    worker.complete("a");

    assertThat(list("a")).containsExactly(third);
  }

  @Test
  void a_discarded_letter_keeps_its_archive() {
    enqueue(work("a").deadline(clock.now() + 1));
    Message message = send("a", MessageType.NUDGE, "hello");
    sweepAfter(MOMENT);

    stop("a");

    assertThat(list("a")).containsExactly(message);
  }

  // How long

  @Test
  void the_archive_outlives_the_record_until_its_own_time() {
    enqueue(work("a"));
    Message message = send("a", MessageType.NUDGE, "hello");
    stop("a");
    sweepAfter(KEPT.minus(MOMENT));
    refused(Refusal.UNKNOWN_SESSION, () -> session("a"));

    assertThat(list("a")).containsExactly(message);
    refused(Refusal.UNKNOWN_SESSION, () -> ackForOrg(message));

    sweepAfter(MOMENT);
    refused(Refusal.UNKNOWN_SESSION, () -> list("a"));
  }

  @Test
  void the_record_of_a_dead_letter_outlives_its_archive() {
    enqueue(work("a").deadline(clock.now() + 1));
    send("a", MessageType.NUDGE, "hello");
    sweepAfter(MOMENT);
    sweepAfter(KEPT);

    assertThat(list("a")).isEmpty();
  }

  @Test
  void the_time_of_a_replaced_archive_is_that_of_the_latest() {
    enqueue(work("a"));
    send("a", MessageType.NUDGE, "first");
    stop("a");
    requeue("a");
    jump(KEPT.minus(MOMENT));
    Message second = send("a", MessageType.NUDGE, "second");
    stop("a");
    sweepAfter(MOMENT);

    assertThat(list("a")).containsExactly(second);
  }

  @Test
  void an_archive_goes_while_its_session_lives_again() {
    enqueue(work("a"));
    send("a", MessageType.NUDGE, "first");
    stop("a");
    requeue("a");
    Message live = send("a", MessageType.NUDGE, "live");
    sweepAfter(KEPT);

    assertThat(list("a")).containsExactly(live);
    ackForOrg(live);
    stop("a");
    assertThat(list("a")).isEmpty();
  }

  @Test
  void a_new_session_of_a_pruned_id_lists_its_own() {
    enqueue(work("a"));
    send("a", MessageType.NUDGE, "old");
    stop("a");
    sweepAfter(Duration.ofMillis(RULES.kept().endedMs()));

    enqueue(work("a").content("other"));

    assertThat(list("a")).isEmpty();
  }

  @Test
  void an_unknown_session_without_archive_is_refused_and_a_damaged_one() {
    enqueue(work("broken"), work("a"));
    stop("a");
    damage("broken");
    sweepAfter(Duration.ofMillis(RULES.kept().endedMs()));

    refused(Refusal.DAMAGED, () -> list("broken"));
    refused(Refusal.UNKNOWN_SESSION, () -> list("nowhere"));
    refused(Refusal.UNKNOWN_SESSION, () -> list("a"));
  }

  private List<Message> list(String id) {
    return inbox(id);
  }
}
