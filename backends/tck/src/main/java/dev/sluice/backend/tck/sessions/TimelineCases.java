package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Event.Kind;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Timeline": a case a row, except late results. */
abstract class TimelineCases extends Fixture {

  @Test
  void a_repeated_enqueue_leaves_no_line() {
    enqueue(work("a"));
    enqueue(work("a"));
    offer(work("a").content("other"));

    assertLines("a", "ENQUEUED");
  }

  @Test
  void a_claim_by_poll_and_by_name() {
    worker.register();
    enqueue(work("a"), work("b"));
    jump(MOMENT);
    worker.claim("a");
    worker.claimByName("b");

    assertThat(timeline("a").get(1).atMs()).isEqualTo(clock.now());
    assertLines("a", "ENQUEUED, CLAIMED worker");
    assertLines("b", "ENQUEUED, CLAIMED worker");
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

    assertLines("a", "ENQUEUED, CLAIMED worker, STARTED worker, ENDED worker completed");
  }

  @Test
  void an_end_without_a_start() {
    claim("a");
    worker.fail("a");

    assertLines("a", "ENQUEUED, CLAIMED worker, ENDED worker failed");
  }

  @Test
  void a_lost_lease_and_a_new_claim_that_starts_again() {
    claim("a");
    worker.start("a");
    passBeating(LEASE, other);
    other.claim("a");
    other.start("a");

    assertLines(
        "a",
        "ENQUEUED, CLAIMED worker, STARTED worker, LEASE_LOST worker, CLAIMED other, "
            + "STARTED other");
  }

  @Test
  void a_missed_accept() {
    claim("a");
    passBeating(ACCEPT, worker);

    assertLines("a", "ENQUEUED, CLAIMED worker, ACCEPT_MISSED worker");
  }

  @Test
  void a_reattachment_and_the_start_in_one_step() {
    claim("a");
    pass(LEASE);
    worker.start("a");

    assertLines(
        "a", "ENQUEUED, CLAIMED worker, LEASE_LOST worker, REATTACHED worker, " + "STARTED worker");
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
        "a", "ENQUEUED, CLAIMED worker, STARTED worker, LEASE_LOST worker, " + "REATTACHED worker");
  }

  @Test
  void a_transfer_from_a_claim() {
    other.register();
    claim("a");
    sessions().transfer(org, "a", worker.id(), other.ref(), true);
    sessions().transfer(org, "a", worker.id(), other.ref(), true);

    assertLines("a", "ENQUEUED, CLAIMED worker, TRANSFERRED other worker");
  }

  @Test
  void a_transfer_of_what_was_lost() {
    other.register();
    claim("a");
    pass(LEASE);
    sessions().transfer(org, "a", worker.id(), other.ref(), true);

    assertLines("a", "ENQUEUED, CLAIMED worker, LEASE_LOST worker, TRANSFERRED other worker");
  }

  @Test
  void a_nack() {
    claim("a");
    worker.nack("a");
    worker.nack("a");
    pass(BACK_OFF);

    assertLines("a", "ENQUEUED, CLAIMED worker, NACKED worker");
  }

  @Test
  void a_deregistration_returns_and_releases() {
    claim("a");
    claim("b");
    stop("b");
    worker.deregister();

    assertLines("a", "ENQUEUED, CLAIMED worker, RETURNED worker");
    assertLines("b", "ENQUEUED, CLAIMED worker, STOPPING worker, RELEASED worker");
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
        "ENQUEUED, CLAIMED worker, REQUEUED worker, CLAIMED worker, "
            + "ENDED worker completed, REQUEUED");
  }

  @Test
  void another_priority_and_the_front() {
    enqueue(work("a").priority(3));
    reprioritise("a", 3);
    reprioritise("a", 1);
    reprioritise("a", 1);
    front("a");
    reprioritise("a", 1);

    assertLines("a", "ENQUEUED, REPRIORITISED 1, FRONTED, REPRIORITISED 1");
  }

  @Test
  void moves_between_places_that_wait_leave_no_line() {
    worker.register();
    enqueue(work("a").issue("i").notBefore(clock.now() + 1), work("b").issue("i").priority(1));
    sweepAfter(MOMENT);
    worker.claim("b");
    worker.complete("b");

    assertSession("a").isReady();
    assertLines("a", "ENQUEUED");
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

    assertLines("a", "ENQUEUED, CLAIMED worker");
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
  void an_unknown_and_a_damaged_session_have_none() {
    enqueue(work("broken"));
    damage("broken");

    refused(Refusal.UNKNOWN_SESSION, () -> timeline("nowhere"));
    refused(Refusal.DAMAGED, () -> timeline("broken"));
  }

  // Stops, deaths and dead letters

  @Test
  void a_stop_of_waiting_work_names_no_worker() {
    enqueue(work("a"));
    stop("a");
    stop("a");

    assertLines("a", "ENQUEUED, ENDED stopped");
  }

  @Test
  void a_stop_of_claimed_work_and_its_release() {
    claim("a");
    stop("a");
    stop("a");
    worker.report("a", SessionState.STOPPED);
    worker.report("a", SessionState.STOPPED);

    assertLines("a", "ENQUEUED, CLAIMED worker, STOPPING worker, RELEASED worker");
  }

  @Test
  void a_release_by_time() {
    claim("a");
    passBeating(LEASE, worker);
    stop("a");
    passBeating(GRACE, worker);

    assertLines("a", "ENQUEUED, CLAIMED worker, STOPPING worker, RELEASED worker grace");
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

    assertLines("a", "ENQUEUED, CLAIMED worker, STOPPING worker, RELEASED worker lease");
  }

  @Test
  void a_release_by_the_acknowledged_stop_whichever_call_brings_it() {
    KitWorker daemon = daemon();
    KitWorker snake = snake();
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
        "a", "ENQUEUED, CLAIMED worker, STOPPING worker, STOP_TOLD worker, " + "RELEASED worker");
  }

  @Test
  void a_death_while_waiting_names_no_worker() {
    deadLetter("a");

    assertLines("a", "ENQUEUED, DEAD deadline");
  }

  @Test
  void a_death_by_a_lost_lease() {
    claim(worker, work("a").deadline(clock.now() + 1));
    pass(LEASE);

    assertLines("a", "ENQUEUED, CLAIMED worker, LEASE_LOST worker, DEAD worker deadline");
    List<Event> events = timeline("a");
    assertThat(events.get(2).seq()).isEqualTo(events.get(3).seq());
  }

  @Test
  void a_death_by_too_many_nacks_and_by_deregistration() {
    openWith(rules().maxNacks(1));
    claim(worker, work("a"));
    worker.nack("a");
    claim(worker, work("b").deadline(clock.now() + 1));
    jump(MOMENT);
    worker.deregister();

    assertThat(words(timeline("a"))).endsWith("NACKED worker, DEAD worker max-nacks");
    assertLines("b", "ENQUEUED, CLAIMED worker, RETURNED worker, DEAD worker deadline");
  }

  @Test
  void a_dead_letter_discarded_and_one_requeued() {
    enqueue(work("a").deadline(clock.now() + 1), work("b").deadline(clock.now() + 1));
    sweepAfter(MOMENT);
    stop("a");
    requeue("b");

    assertLines("a", "ENQUEUED, DEAD deadline, DISCARDED");
    assertLines("b", "ENQUEUED, DEAD deadline, REQUEUED");
  }

  /** Kind, worker and detail. */
  private void assertLines(String id, String lines) {
    assertThat(words(timeline(id))).isEqualTo(lines);
  }

  private String words(List<Event> events) {
    return events.stream().map(this::words).collect(Collectors.joining(", "));
  }

  private String words(Event event) {
    return Stream.of(event.kind(), event.workerId(), event.detail())
        .filter(Objects::nonNull)
        .map(word -> "" + word)
        .collect(Collectors.joining(" "))
        .replace(worker.id(), "worker")
        .replace(other.id(), "other");
  }
}
