package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Touch, refresh, activity". */
abstract class InjectEndCases extends Fixture {

  private static final RefreshRequest INJECTS = new RefreshRequest(true, null);

  @Test
  void in_the_grace_it_brings_nothing_but_that_it_must_stop() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    send("a", MessageType.NUDGE, "are you there?");
    stop("a");

    LockState told = worker.refresh("a");

    assertThat(told).isEqualTo(new LockState(true, row("a"), null));
    assertSession("a").isStoppingOn(worker);
    assertThat(inbox("a"))
        .extracting(Message::type)
        .containsExactly(MessageType.DIRECTIVE, MessageType.STOP);
    assertThat(worker.refreshAcking("a", message.id()).stop()).isTrue();
    assertSession("a").isStopped();
  }

  @Test
  void an_acknowledged_stop_releases() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    StopResult stop = stop("a");

    LockState lock = worker.refreshAcking("a", "" + stop.messageId());

    assertThat(lock).isEqualTo(new LockState(true, row("a"), null));
    assertSession("a").isStopped().isOwnedBy(worker);
    assertThat(inbox("a")).as("archived").containsExactly(message);
    assertThat(counts().claimed()).isZero();
  }

  @Test
  void a_second_one_in_the_grace_releases_before_it_acknowledges() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    Message first = send("a", MessageType.DIRECTIVE, "first");
    Message second = send("a", MessageType.DIRECTIVE, "second");
    stop("a");
    worker.refreshAcking("a", first.id());

    worker.refreshAcking("a", second.id());

    assertSession("a").isStopped();
    assertThat(inbox("a")).as("archived").containsExactly(second);
  }

  @Test
  void after_the_end_it_brings_nothing_but_the_dialect_is_learned() {
    claim("a");
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.complete("a");

    LockState lock = worker.refresh("a", new RefreshRequest(true, message.id()));

    assertThat(lock).isEqualTo(new LockState(true, row("a"), null));
    assertThat(inbox("a")).as("archived").containsExactly(message);
    assertThat(worker.record().registration().dialect()).isEqualTo(Dialect.GO_DAEMON);
  }

  @Test
  void a_worker_that_is_gone_is_none_of_any_dialect() {
    claim("a");
    worker.complete("a");
    worker.deregister();

    withoutTrace(() -> assertThat(worker.refresh("a", INJECTS).stop()).isTrue());
  }

  @Test
  void a_claim_that_was_lost_comes_back_with_a_message() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    pass(LEASE);
    Message message = send("a", MessageType.DIRECTIVE, "go on");

    assertThat(worker.refresh("a").inject()).isEqualTo(message);

    assertSession("a").isClaimedBy(worker).isAccepted().hasAttempts(1);
  }

  @Test
  void one_that_is_refused_acknowledges_brings_and_learns_nothing() {
    KitWorker worker = daemon();
    other.register();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    send("a", MessageType.NUDGE, "are you there?");
    RefreshRequest request = new RefreshRequest(true, message.id());

    refused(Refusal.NOT_OWNER, () -> other.refresh("a", request));
    refused(Refusal.NOT_OWNER, () -> worker.withToken(1).refresh("a", request));
    refused(Refusal.NOT_OWNER, () -> worker.by("other-key").refresh("a", request));
    refused(Refusal.UNKNOWN_SESSION, () -> other.refresh("nowhere", request));

    assertThat(other.record().registration().dialect()).isEqualTo(Dialect.STANDARD);
    assertThat(worker.refresh("a").inject()).isEqualTo(message);
  }

  @Test
  void what_was_brought_and_not_acknowledged_goes_to_the_next_owner() {
    KitWorker first = daemon();
    claim(first, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    first.refresh("a");
    first.nack("a");
    KitWorker second = daemon();
    second.claim("a");

    assertThat(second.refresh("a").inject()).isNull();
    jump(VISIBILITY);
    assertThat(second.refresh("a").inject()).isEqualTo(message);
  }
}
