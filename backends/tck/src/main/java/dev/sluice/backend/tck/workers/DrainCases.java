package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Register, heartbeat, sign of life". */
abstract class DrainCases extends Fixture {

  @Test
  void a_drained_worker_gets_messages_only_and_keeps_what_it_runs() {
    claim("a");
    enqueue(work("b"));

    Worker drained = worker.drain();

    assertThat(drained).isEqualTo(worker.record());
    assertThat(drained.drained()).isTrue();
    assertThat(drained.registration().draining()).as("what it says of itself").isFalse();
    send("a", MessageType.DIRECTIVE, "go on");
    assertThat(worker.take(5)).isEmpty();
    send("a", MessageType.DIRECTIVE, "still");
    assertThat(worker.readPayloads()).containsExactly("still");
    worker.complete("a");
    assertSession("a").isCompleted();
    assertThat(worker().register().take(5)).containsExactly("b");
  }

  @Test
  void undrained_it_gets_work_again() {
    enqueue(work("a"));
    worker.drain();

    Worker undrained = worker.undrain();

    assertThat(undrained).isEqualTo(worker.record());
    assertThat(undrained.drained()).isFalse();
    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void a_heartbeat_answers_the_dialect_and_whether_an_operator_drains() {
    KitWorker worker = worker().speaking(Dialect.GO_DAEMON).register();
    assertBeat(worker, Dialect.GO_DAEMON, false);
    worker.beat(0, null, true);
    assertBeat(worker, Dialect.GO_DAEMON, false);
    worker.drain();
    assertBeat(worker, Dialect.GO_DAEMON, true);
    worker.undrain();
    assertBeat(worker, Dialect.GO_DAEMON, false);
    assertBeat(worker().register(), Dialect.STANDARD, false);
  }

  private void assertBeat(KitWorker worker, Dialect dialect, boolean drained) {
    for (Heartbeat beat : List.of(new Heartbeat(0, null, null), Heartbeat.holding(List.of()))) {
      HeartbeatResult result = workers().heartbeat(worker.ref(), beat);
      assertThat(result.dialect()).isEqualTo(dialect);
      assertThat(result.drained()).isEqualTo(drained);
    }
  }

  @Test
  void what_is_in_force_already_changes_nothing() {
    worker.register();
    audited(worker::undrain);
    long before = seq();
    worker.drain();
    assertThat(seq()).isEqualTo(before + 1);

    audited(worker::drain);
  }

  @Test
  void the_operators_mark_and_what_the_worker_says_stand_apart() {
    KitWorker worker = worker().draining().register();
    enqueue(work("a"));
    worker.drain();
    worker.beat(0, null, false);
    assertThat(worker.record().drained()).isTrue();
    assertThat(worker.take(5)).isEmpty();

    worker.beat(0, null, true);
    worker.undrain();

    assertThat(worker.record().registration().draining()).isTrue();
    assertThat(worker.take(5)).isEmpty();
    worker.beat(0, null, false);
    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void to_register_again_ends_no_drain() {
    enqueue(work("a"));
    worker.drain();

    worker.register();

    assertThat(worker.record().drained()).isTrue();
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void it_is_no_sign_of_life() {
    claim("a");
    long lastSeen = worker.record().lastSeenMs();
    pass(LEASE.minus(MOMENT));

    worker.drain();
    worker.undrain();

    assertThat(worker.record().lastSeenMs()).isEqualTo(lastSeen);
    pass(MOMENT);
    assertSession("a").isReady().hasAttempts(1);
    worker.drain();
    assertThat(worker.record().silent()).isTrue();
  }

  @Test
  void a_drain_leaves_quarantine_and_no_shows() {
    sweepOnce();
    claim("a");
    passBeating(ACCEPT, worker);

    worker.drain();

    assertThat(worker.record().noShows()).isEqualTo(1);
  }

  @Test
  void an_unknown_worker_is_refused() {
    KitWorker unknown = worker();
    KitWorker gone = worker().register();
    gone.deregister();

    refused(Refusal.UNKNOWN_WORKER, unknown::drain);
    refused(Refusal.UNKNOWN_WORKER, unknown::undrain);
    refused(Refusal.UNKNOWN_WORKER, gone::drain);
  }
}
