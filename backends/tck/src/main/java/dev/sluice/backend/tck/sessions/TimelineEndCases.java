package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Event.Kind;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.workers.Dialect;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Timeline": the lines of stops, deaths and dead letters. */
abstract class TimelineEndCases extends TimelineFixture {

  @Test
  void a_stop_of_waiting_work_is_an_end_of_nobodys() {
    enqueue(work("a"));
    stop("a");
    stop("a");

    assertLines("a", line(Kind.ENQUEUED), line(Kind.ENDED, null, "stopped"));
  }

  @Test
  void a_stop_of_claimed_work_and_its_release() {
    claim("a");
    stop("a");
    stop("a");
    worker.report("a", SessionState.STOPPED);
    worker.report("a", SessionState.STOPPED);

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STOPPING, worker),
        line(Kind.RELEASED, worker));
  }

  @Test
  void a_release_by_time() {
    claim("a");
    passBeating(LEASE, worker);
    stop("a");
    passBeating(GRACE, worker);

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STOPPING, worker),
        line(Kind.RELEASED, worker, Event.GRACE_OVER));
    assertThat(timeline("a").get(3).atMs()).isEqualTo(clock.now());
  }

  @Test
  void a_release_by_silence() {
    claim("a");
    worker.touch("a");
    passBeating(LEASE, worker);
    pass(LEASE.minus(MOMENT));
    stop("a");
    pass(MOMENT);

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STOPPING, worker),
        line(Kind.RELEASED, worker, Event.LEASE_OVER));
  }

  @Test
  void a_release_by_the_acknowledged_stop_whichever_call_brings_it() {
    KitWorker daemon = worker().speaking(Dialect.GO_DAEMON).register();
    KitWorker snake = worker().speaking(Dialect.SNAKE_CASE).register();
    claim("a");
    claim(daemon, work("b"));
    claim(snake, work("c"));
    stop("a");
    worker.ack(worker.read().get(0));
    String messageId = Objects.requireNonNull(stop("b").messageId());
    daemon.refreshAcking("b", messageId);
    stop("c");
    snake.read();
    snake.take(0);

    for (String id : List.of("a", "b", "c")) {
      List<Event> lines = timeline(id);
      Event last = lines.get(lines.size() - 1);
      assertThat(last.kind()).as(id).isEqualTo(Kind.RELEASED);
      assertThat(last.detail()).as(id).isEqualTo(Event.ACKNOWLEDGED);
    }
  }

  @Test
  void a_refresh_that_tells_of_a_stop_and_the_next_that_releases() {
    claim("a");
    worker.refresh("a");
    stop("a");
    worker.refresh("a");
    worker.refresh("a");
    worker.refresh("a");

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STOPPING, worker),
        line(Kind.STOP_TOLD, worker),
        line(Kind.RELEASED, worker));
  }

  @Test
  void a_death_by_time_while_it_waits_is_nobodys() {
    enqueue(work("a").deadline(clock.now() + 1));
    sweepAfter(MOMENT);

    assertLines("a", line(Kind.ENQUEUED), line(Kind.DEAD, null, DeadReason.DEADLINE.wire()));
  }

  @Test
  void a_death_by_a_lost_lease() {
    claim(worker, work("a").deadline(clock.now() + 1));
    pass(LEASE);

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.LEASE_LOST, worker),
        line(Kind.DEAD, worker, DeadReason.DEADLINE.wire()));
    List<Event> events = timeline("a");
    assertThat(events.get(2).seq()).isEqualTo(events.get(3).seq());
  }

  @Test
  void a_death_by_too_many_attempts() {
    worker.register();
    enqueue(work("a"));
    for (int n = 0; n < RULES.tries().maxAttempts(); n++) {
      worker.claim("a");
      pass(LEASE);
    }

    List<Event> events = timeline("a");
    assertThat(events).hasSize(1 + 2 * RULES.tries().maxAttempts() + 1);
    assertThat(lines(events).get(events.size() - 1))
        .isEqualTo(line(Kind.DEAD, worker, DeadReason.MAX_ATTEMPTS.wire()));
  }

  @Test
  void a_death_by_too_many_nacks_and_by_deregistration() {
    worker.register();
    enqueue(work("a"));
    for (int n = 0; n < RULES.tries().maxNacks(); n++) {
      worker.claim("a");
      worker.nack("a");
      sweepAfter(BACK_OFF);
    }
    claim(worker, work("b").deadline(clock.now() + 1));
    jump(MOMENT);
    worker.deregister();

    List<Line> lines = lines(timeline("a"));
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .containsExactly(
            line(Kind.NACKED, worker), line(Kind.DEAD, worker, DeadReason.MAX_NACKS.wire()));
    assertLines(
        "b",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.RETURNED, worker),
        line(Kind.DEAD, worker, DeadReason.DEADLINE.wire()));
  }

  @Test
  void a_dead_letter_discarded_and_one_requeued() {
    enqueue(work("a").deadline(clock.now() + 1), work("b").deadline(clock.now() + 1));
    sweepAfter(MOMENT);
    stop("a");
    requeue("b");

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.DEAD, null, DeadReason.DEADLINE.wire()),
        line(Kind.DISCARDED));
    assertLines(
        "b",
        line(Kind.ENQUEUED),
        line(Kind.DEAD, null, DeadReason.DEADLINE.wire()),
        line(Kind.REQUEUED));
  }
}
