package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Touch, refresh, activity": messages that a worker gives up on. */
abstract class UndeliverableCases extends Fixture {

  private static final String CLOSED = "channel-not-driven";

  @Test
  void it_is_never_offered_again_and_kept_with_its_reason() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    daemon.refresh("a");
    long offered = clock.now();
    jump(MOMENT);

    assertThat(daemon.refresh("a", givesUp(gone(message, CLOSED))).inject()).isNull();

    assertThat(inbox("a")).isEmpty();
    assertThat(inboxes().counts(org).urgent()).isZero();
    assertThat(acked("a"))
        .containsExactly(
            new AckedMessage(message.offered(offered), clock.now(), daemon.id(), CLOSED));
    Event line = lastLine("a");
    assertThat(line)
        .isEqualTo(
            new Event(
                seq(),
                clock.now(),
                Event.Kind.UNDELIVERABLE,
                daemon.id(),
                message.id() + " " + CLOSED));
    jump(VISIBILITY);
    assertThat(daemon.refresh("a").inject()).isNull();
  }

  @Test
  void the_next_message_comes_with_the_same_answer() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message first = send("a", MessageType.DIRECTIVE, "first");
    Message second = send("a", MessageType.DIRECTIVE, "second");
    daemon.refresh("a");

    assertThat(daemon.refresh("a", givesUp(gone(first, CLOSED))).inject()).isEqualTo(second);
  }

  @Test
  void one_without_a_reason_and_one_never_offered_are_undeliverable_too() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.HOOK_RESULT, Lane.NORMAL, "done");

    daemon.refresh("a", givesUp(new Undeliverable(message.id(), null)));

    assertThat(acked("a")).containsExactly(new AckedMessage(message, clock.now(), daemon.id(), ""));
    assertThat(lastLine("a").detail()).isEqualTo(message.id());
  }

  @Test
  void any_owner_may_give_up_on_messages_and_is_no_daemon_by_that() {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "look");

    worker.refresh("a", givesUp(gone(message, "two\nlines")));

    assertThat(acked("a").get(0).undeliverable()).isEqualTo("two lines");
    Message next = send("a", MessageType.DIRECTIVE, "go on");
    assertThat(worker.read()).containsExactly(next);
  }

  @Test
  void unknown_ones_repeated_ones_and_those_of_other_sessions_are_ignored() {
    KitWorker daemon = worker().speaking(Dialect.GO_DAEMON).capacity(2).register();
    claim(daemon, work("a"));
    claim(daemon, work("b"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    Message elsewhere = send("b", MessageType.DIRECTIVE, "go on");
    RefreshRequest request =
        givesUp(
            new Undeliverable("nowhere", null),
            gone(elsewhere, CLOSED),
            gone(message, CLOSED),
            gone(message, "again"));

    daemon.refresh("a", request);
    long lines = timeline("a").size();
    daemon.refresh("a", request);

    assertThat(acked("a")).extracting(AckedMessage::undeliverable).containsExactly(CLOSED);
    assertThat(timeline("a")).hasSize((int) lines);
    assertThat(inbox("b")).containsExactly(elsewhere);
  }

  @Test
  void what_is_acknowledged_in_the_same_call_counts_as_delivered() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message directive = send("a", MessageType.DIRECTIVE, "go on");
    Message nudge = send("a", MessageType.NUDGE, "look");
    Message other = send("a", MessageType.DIRECTIVE, "and on");

    daemon.refresh(
        "a",
        new RefreshRequest(
            false,
            directive.id(),
            List.of(gone(other, CLOSED), gone(nudge, CLOSED), gone(directive, CLOSED))));

    assertThat(acked("a"))
        .containsExactly(
            new AckedMessage(directive, clock.now(), daemon.id()),
            new AckedMessage(nudge, clock.now(), daemon.id()),
            new AckedMessage(other, clock.now(), daemon.id(), CLOSED));
  }

  @Test
  void a_stop_is_never_undeliverable() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    String stop = "" + stop("a").messageId();

    LockState told =
        daemon.refresh("a", givesUp(new Undeliverable(stop, null), gone(message, CLOSED)));

    assertThat(told.stop()).isTrue();
    assertSession("a").isStoppingOn(daemon);
    assertThat(inbox("a")).extracting(Message::type).containsExactly(MessageType.STOP);
    assertThat(acked("a")).extracting(AckedMessage::undeliverable).containsExactly(CLOSED);
  }

  @Test
  void after_the_end_they_stay_in_the_archive() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    daemon.complete("a");

    daemon.refresh("a", givesUp(gone(message, CLOSED)));

    assertThat(inbox("a")).containsExactly(message);
    assertThat(acked("a")).isEmpty();
  }

  @Test
  void a_release_comes_before_them() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    stop("a");
    daemon.refresh("a");

    daemon.refresh("a", givesUp(gone(message, CLOSED)));

    assertSession("a").isStopped();
    assertThat(inbox("a")).as("archived").containsExactly(message);
  }

  @Test
  void another_worker_gives_up_on_nothing() {
    KitWorker daemon = daemon();
    other.register();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");

    refused(Refusal.NOT_OWNER, () -> other.refresh("a", givesUp(gone(message, CLOSED))));

    assertThat(inbox("a")).containsExactly(message);
  }

  @Test
  void its_bytes_are_free() {
    KitWorker daemon = daemon();
    claim(daemon, work("a"));
    daemon.refresh("a");
    long before = queue().storedBytes(org);
    Message message = send("a", MessageType.DIRECTIVE, "x".repeat(1_000));

    daemon.refresh("a", givesUp(gone(message, CLOSED)));

    assertThat(queue().storedBytes(org)).isEqualTo(before);
  }

  private static RefreshRequest givesUp(Undeliverable... messages) {
    return new RefreshRequest(false, null, Arrays.asList(messages));
  }

  private static Undeliverable gone(Message message, String reason) {
    return new Undeliverable(message.id(), NackReason.of(reason));
  }

  private Event lastLine(String id) {
    List<Event> lines = timeline(id);
    return lines.get(lines.size() - 1);
  }

  private List<AckedMessage> acked(String id) {
    return inboxes().history(org, id).acknowledged();
  }
}
