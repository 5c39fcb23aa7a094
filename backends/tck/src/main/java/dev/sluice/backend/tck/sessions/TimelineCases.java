package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Event.Kind;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.KitWorker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * docs/rules.md, "Timeline": a case a row, and what is kept. Late results have a file of their own.
 */
abstract class TimelineCases extends TimelineFixture {

  @Test
  void an_enqueue() {
    long seq = queue().enqueue(org, List.of(work("a").build())).seq();

    assertThat(timeline("a"))
        .containsExactly(new Event(seq, clock.now(), Kind.ENQUEUED, null, null));
  }

  @Test
  void a_repeated_enqueue_leaves_no_line() {
    enqueue(work("a"));
    enqueue(work("a"));
    offer(work("a").content("other"));

    assertLines("a", line(Kind.ENQUEUED));
  }

  @Test
  void a_claim_by_poll_and_by_name() {
    worker.register();
    enqueue(work("a"), work("b"));
    jump(MOMENT);
    worker.claim("a");
    worker.claimByName("b");

    assertThat(timeline("a").get(1).atMs()).isEqualTo(clock.now());
    assertLines("a", line(Kind.ENQUEUED), line(Kind.CLAIMED, worker));
    assertLines("b", line(Kind.ENQUEUED), line(Kind.CLAIMED, worker));
    worker.claimByName("b");
    assertThat(timeline("b")).hasSize(2);
  }

  @Test
  void the_first_running_and_an_end() {
    claim("a");
    worker.start("a");
    worker.start("a");
    worker.touch("a");
    worker.report("a", SessionState.FINALIZING);
    worker.start("a");
    worker.complete("a");
    worker.complete("a");

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STARTED, worker),
        line(Kind.ENDED, worker, "completed"));
  }

  @Test
  void an_end_without_a_start() {
    claim("a");
    worker.fail("a");

    assertLines(
        "a", line(Kind.ENQUEUED), line(Kind.CLAIMED, worker), line(Kind.ENDED, worker, "failed"));
  }

  @Test
  void a_lost_lease_and_a_new_claim_that_starts_anew() {
    claim("a");
    worker.start("a");
    passBeating(LEASE, other);
    other.claim("a");
    other.start("a");

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STARTED, worker),
        line(Kind.LEASE_LOST, worker),
        line(Kind.CLAIMED, other),
        line(Kind.STARTED, other));
  }

  @Test
  void a_missed_accept() {
    claim("a");
    passBeating(ACCEPT, worker);

    assertLines(
        "a", line(Kind.ENQUEUED), line(Kind.CLAIMED, worker), line(Kind.ACCEPT_MISSED, worker));
  }

  @Test
  void a_reattachment_and_the_start_in_one_step() {
    claim("a");
    pass(LEASE);
    worker.start("a");

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.LEASE_LOST, worker),
        line(Kind.REATTACHED, worker),
        line(Kind.STARTED, worker));
    List<Event> events = timeline("a");
    assertThat(events.get(3).seq()).isEqualTo(events.get(4).seq()).isEqualTo(seq());
  }

  @Test
  void what_had_started_before_it_was_lost_does_not_start_again() {
    claim("a");
    worker.start("a");
    pass(LEASE);
    worker.touch("a");
    worker.start("a");

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STARTED, worker),
        line(Kind.LEASE_LOST, worker),
        line(Kind.REATTACHED, worker));
  }

  @Test
  void a_transfer_from_a_claim() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    sessions().transfer(org, "a", old.id(), successor.ref(), true);
    sessions().transfer(org, "a", old.id(), successor.ref(), true);

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, old),
        line(Kind.TRANSFERRED, successor, old.id()));
  }

  @Test
  void a_transfer_of_what_was_lost() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    pass(LEASE);
    sessions().transfer(org, "a", old.id(), successor.ref(), true);

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, old),
        line(Kind.LEASE_LOST, old),
        line(Kind.TRANSFERRED, successor, old.id()));
  }

  @Test
  void a_nack() {
    claim("a");
    worker.nack("a");
    worker.nack("a");
    pass(BACK_OFF);

    assertLines("a", line(Kind.ENQUEUED), line(Kind.CLAIMED, worker), line(Kind.NACKED, worker));
  }

  @Test
  void a_deregistration_returns_and_releases() {
    claim("a");
    claim("b");
    stop("b");
    worker.deregister();

    assertLines("a", line(Kind.ENQUEUED), line(Kind.CLAIMED, worker), line(Kind.RETURNED, worker));
    assertLines(
        "b",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.STOPPING, worker),
        line(Kind.RELEASED, worker));
  }

  @Test
  void a_requeue_of_claimed_and_of_ended_work() {
    claim("a");
    requeue("a");
    worker.claim("a");
    worker.complete("a");
    requeue("a");

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.CLAIMED, worker),
        line(Kind.REQUEUED, worker),
        line(Kind.CLAIMED, worker),
        line(Kind.ENDED, worker, "completed"),
        line(Kind.REQUEUED));
  }

  @Test
  void another_priority_and_the_front() {
    enqueue(work("a").priority(3));
    reprioritise("a", 3);
    reprioritise("a", 1);
    reprioritise("a", 1);
    front("a");
    reprioritise("a", 1);

    assertLines(
        "a",
        line(Kind.ENQUEUED),
        line(Kind.REPRIORITISED, null, "1"),
        line(Kind.FRONTED),
        line(Kind.REPRIORITISED, null, "1"));
  }

  @Test
  void moves_between_places_that_wait_leave_no_line() {
    worker.register();
    enqueue(work("a").issue("i").notBefore(clock.now() + 1), work("b").issue("i").priority(1));
    sweepAfter(MOMENT);
    worker.claim("b");
    worker.complete("b");

    assertSession("a").isReady();
    assertLines("a", line(Kind.ENQUEUED));
  }

  @Test
  void messages_activities_and_refusals_leave_no_line() {
    other.register();
    claim("a");
    send("a", MessageType.NUDGE, "hello");
    worker.read();
    worker.tell("a", "t", "x");
    worker.refresh("a");
    refused(Refusal.NOT_OWNER, () -> other.touch("a"));

    assertLines("a", line(Kind.ENQUEUED), line(Kind.CLAIMED, worker));
  }

  @Test
  void each_line_has_the_number_of_its_change_and_the_time_of_it() {
    worker.register();
    enqueue(work("a"));
    long enqueuedAt = clock.now();
    long enqueued = seq();
    jump(MOMENT);
    worker.claim("a");
    long claimed = seq();
    jump(MOMENT);
    worker.report("a", SessionState.COMPLETED, Map.of());

    assertThat(timeline("a"))
        .containsExactly(
            new Event(enqueued, enqueuedAt, Kind.ENQUEUED, null, null),
            new Event(claimed, enqueuedAt + 1, Kind.CLAIMED, worker.id(), null),
            new Event(seq(), enqueuedAt + 2, Kind.ENDED, worker.id(), "completed"));
  }

  @Test
  void the_latest_lines_are_kept() {
    enqueue(work("a").priority(9));
    int kept = RULES.kept().events();
    for (int n = 0; n < kept + 10; n++) {
      queue().reprioritise(org, "a", n % 2 + 1, BY);
    }

    List<Event> events = timeline("a");

    assertThat(events).hasSize(kept);
    assertThat(events).extracting(Event::seq).isSorted().doesNotHaveDuplicates();
    assertThat(events.get(kept - 1).seq()).isEqualTo(seq());
    assertThat(events).extracting(Event::kind).containsOnly(Kind.REPRIORITISED);
  }

  @Test
  void a_read_moves_nothing_and_answers_the_last_number() {
    enqueue(work("a"));
    long last = seq();

    assertThat(sessions().timeline(org, "a").seq()).isEqualTo(last);
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void an_unknown_and_a_damaged_session_have_none() {
    enqueue(work("broken"));
    damage("broken");

    refused(Refusal.UNKNOWN_SESSION, () -> timeline("nowhere"));
    refused(Refusal.DAMAGED, () -> timeline("broken"));
  }
}
