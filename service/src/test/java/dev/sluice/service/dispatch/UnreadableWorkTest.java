package dev.sluice.service.dispatch;

import static dev.sluice.service.dispatch.ParkedScene.ORG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class UnreadableWorkTest {

  private static final String BAD = "{\"title\":5}";
  private static final Heartbeat NONE = new Heartbeat(0, null, null, null, null, null, true);

  private final ParkedScene scene = new ParkedScene(200);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aheadOfOthersItComesAlone() {
    WorkerRef worker = scene.worker("w", 5);
    scene.enqueueItem("bad", BAD);
    scene.enqueue("a", "b");

    assertThat(poll(worker)).containsExactly("bad");
    waits("a", "b");
    assertThat(poll(worker)).containsExactly("a", "b");
  }

  @Test
  void behindOthersItWaits() {
    WorkerRef worker = scene.worker("w", 5);
    scene.enqueue("a", "b");
    scene.enqueueItem("bad", BAD);
    scene.enqueue("c");

    assertThat(poll(worker)).containsExactly("a", "b");
    waits("bad", "c");
    assertThat(poll(worker)).containsExactly("bad");
    waits("c");
    assertThat(poll(worker)).containsExactly("c");
  }

  @Test
  void eachOfManyComesAlone() {
    WorkerRef worker = scene.worker("w", 5);
    List<String> bad =
        List.of(
            BAD,
            "{\"TITLE\":5}",
            "{\"priority\":\"3\"}",
            "{\"operationalPayload\":{}}",
            "{\"title\":\"x\",\"Title\":\"y\"}");
    for (int i = 0; i < bad.size(); i++) {
      scene.enqueueItem("bad-" + i, bad.get(i));
    }
    for (int i = 0; i < bad.size(); i++) {
      assertThat(poll(worker)).containsExactly("bad-" + i);
    }
  }

  @Test
  void whatIsLeftWakesAnotherPoll() {
    WorkerRef worker = scene.worker("w", 5);
    WorkerRef other = scene.worker("other", 5);
    scene.backend.queues().pause(ORG, NewWork.ANY_PROJECT, 0, new AuditNote("ann", ""));
    scene.enqueueItem("bad", BAD);
    scene.enqueue("a");
    ParkedScene.Asked first = scene.park(worker);
    ParkedScene.Asked second = scene.park(other);
    scene.backend.queues().resume(ORG, NewWork.ANY_PROJECT, new AuditNote("ann", ""));

    assertThat(first.sessions()).containsExactly("bad");
    assertThat(second.sessions()).containsExactly("a");
  }

  @Test
  void afterTwoMissedAcceptsItIsDead() {
    MovableClock clock = new MovableClock();
    try (ParkedScene timed = new ParkedScene(200, Rules.DEFAULTS, clock)) {
      timed.enqueueItem("bad", BAD);
      lose(timed, clock, "a");
      lose(timed, clock, "b");
      timed.enqueue("good");
      WorkerRef last = timed.worker("c", 5);

      assertThat(timed.ask(last, 5, Duration.ZERO).sessions()).isEmpty();

      Session bad = timed.backend.sessions().find(ORG, "bad");
      assertThat(bad.place()).isEqualTo(Place.DEAD);
      assertThat(bad.dead()).isEqualTo(DeadReason.DENIED);
      assertThat(bad.fields().get("error"))
          .isEqualTo(
              "\"handed out twice and never accepted; Go workers can't decode its item: title must"
                  + " be a string\"");
      assertThat(timed.ask(last, 5, Duration.ZERO).sessions()).containsExactly("good");

      timed.backend.sessions().requeue(ORG, "bad", Place.ANY, new AuditNote("ann", ""));
      lose(timed, clock, "d");
      assertThat(timed.ask(last, 5, Duration.ZERO).sessions()).containsExactly("bad");
    }
  }

  /** A worker that can't read its poll counts no session. */
  private static void lose(ParkedScene timed, MovableClock clock, String id) {
    WorkerRef worker = timed.worker(id, 5);
    assertThat(timed.ask(worker, 5, Duration.ZERO).sessions()).containsExactly("bad");
    for (int beat = 0; beat < 2; beat++) {
      clock.jump(Duration.ofMillis(1));
      timed.backend.workers().heartbeat(worker, NONE);
    }
  }

  private List<String> poll(WorkerRef worker) {
    return scene.ask(worker, 5, Duration.ZERO).sessions();
  }

  private void waits(String... ids) {
    for (String id : ids) {
      Session session = scene.backend.sessions().find(ORG, id);
      assertThat(session.place()).as(id).isEqualTo(Place.READY);
      assertThat(session.attempts() + session.nacks()).as(id).isZero();
    }
  }
}
