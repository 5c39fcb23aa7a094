package dev.sluice.service.dispatch;

import static dev.sluice.service.dispatch.ParkedScene.LONG;
import static dev.sluice.service.dispatch.ParkedScene.ORG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.RulesBuilder;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.dispatch.ParkedScene.Asked;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ParkedSlotsTest {

  private static final AuditNote NOTE = new AuditNote("an operator", "a test");
  private static final Patience SLOTS_NOW = Patience.of(LONG, true);

  private final ParkedScene scene = new ParkedScene(10);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aFreedSlotAnswersOneThatTakesSlotsNow() {
    WorkerRef worker = scene.worker("w", 1);
    scene.running(worker, "a");
    Asked poll = scene.ask(worker, 5, SLOTS_NOW);
    scene.enqueue("b");
    assertThat(poll.answer).isNotDone();
    scene.report("a", SessionState.COMPLETED);

    assertThat(poll.sessions()).containsExactly("b");
  }

  @Test
  void theEndOfADrainAnswersOneThatTakesSlotsNow() {
    WorkerRef worker = scene.worker("w", 1);
    Asked poll = scene.ask(worker, 5, SLOTS_NOW);
    scene.backend.workers().drain(ORG, "w", true, NOTE);
    scene.enqueue("a");
    assertThat(poll.answer).isNotDone();
    scene.backend.workers().drain(ORG, "w", false, NOTE);

    assertThat(poll.sessions()).containsExactly("a");
  }

  @Test
  void aSlotThatFreesIsForTheNextPoll() {
    WorkerRef worker = scene.worker("w", 1);
    scene.running(worker, "a");
    Asked poll = scene.park(worker);
    scene.enqueue("b");
    assertThat(poll.answer).isNotDone();
    scene.report("a", SessionState.COMPLETED);

    assertThat(poll.get().empty()).isTrue();
    assertThat(scene.park(worker).sessions()).containsExactly("b");
  }

  @Test
  void noMoreComesThanSlotsWereFreeAtItsBegin() {
    WorkerRef worker = scene.worker("w", 3);
    scene.running(worker, "a");
    scene.running(worker, "b");
    Asked poll = scene.park(worker);
    scene.report("a", SessionState.COMPLETED);
    assertThat(poll.answer).isNotDone();
    scene.enqueue("c", "d", "e");

    assertThat(poll.sessions()).containsExactly("c");
    assertThat(scene.park(worker).sessions()).containsExactly("d");
  }

  @Test
  void aFullWorkerGetsMessages() {
    WorkerRef worker = scene.worker("w", 1);
    scene.running(worker, "a");
    Asked poll = scene.park(worker);
    scene.enqueue("b");
    scene.backend.inboxes().send(ORG, "a", directive(), NOTE);

    assertThat(poll.get().result().messages()).hasSize(1);
    assertThat(poll.sessions()).isEmpty();
  }

  @Test
  void aHeldPollLetsItsWorkerClearUpBeforeItEnds() {
    Patience held = new Patience(Map.of(Dialect.STANDARD, LONG), false, Duration.ofMillis(100));
    WorkerRef worker = scene.worker("w", 1);
    scene.running(worker, "a");
    Asked poll = scene.ask(worker, 5, held);
    scene.enqueue("b");
    scene.report("a", SessionState.COMPLETED);
    assertThat(poll.get().empty()).isTrue();

    assertThat(scene.ask(worker, 5, held).sessions()).containsExactly("b");
  }

  @Test
  void aPollIsHeldByItsDialect() {
    Patience held = new Patience(Map.of(Dialect.GO_DAEMON, LONG), false, Duration.ZERO);

    assertThat(scene.ask(scene.worker("w", 1), 5, held).answer).isDone();
    assertThat(scene.polls.parked()).isZero();
  }

  @Test
  void whatEndsWorkForItsWorkerEndsIt() {
    WorkerRef worker = scene.worker("w", 1);
    Asked drained = scene.park(worker);
    scene.backend.workers().drain(ORG, "w", true, NOTE);
    assertThat(drained.get().empty()).isTrue();

    Asked drains = scene.park(worker);
    scene.backend.workers().drain(ORG, "w", false, NOTE);
    assertThat(drains.get().empty()).as("undrained").isTrue();

    Asked beaten = scene.park(worker);
    scene.backend.workers().heartbeat(worker, new Heartbeat(0, null, true));
    assertThat(beaten.get().empty()).isTrue();

    Asked left = scene.park(worker);
    scene.backend.workers().deregister(worker, null);
    assertThat(left.get().empty()).isTrue();
    assertThatThrownBy(() -> scene.park(worker)).isInstanceOf(RefusedException.class);
  }

  @Test
  void aQuarantineEndsIt() {
    MovableClock clock = new MovableClock();
    try (ParkedScene scene = new ParkedScene(1, RulesBuilder.rules().noShows(1).build(), clock)) {
      WorkerRef worker = scene.worker("w", 2);
      scene.backend.upkeep().sweep();
      clock.jump(Duration.ofSeconds(1));
      scene.enqueue("a");
      assertThat(scene.ask(worker, 5, Patience.NONE).sessions()).containsExactly("a");
      Asked poll = scene.park(worker);
      for (int i = 0; i < 25; i++) { // past the accept deadline
        clock.jump(Duration.ofSeconds(15));
        scene.backend.workers().heartbeat(worker, new Heartbeat(1, null, null));
        scene.backend.upkeep().sweep();
      }

      assertThat(poll.get().empty()).isTrue();
      assertThat(scene.backend.workers().find(worker).quarantinedUntilMs()).isPositive();
    }
  }

  private static NewMessage directive() {
    return new NewMessage(MessageType.DIRECTIVE, Lane.URGENT, "m", null, null);
  }
}
