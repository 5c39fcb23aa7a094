package dev.sluice.backend.tck.work;

import static dev.sluice.backend.tck.WorkBuilder.QUEUED_AT;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Requeue". {@link DeadLetterCases} has more. */
abstract class RequeueCases extends Fixture {

  private static final Duration WHILE = Duration.ofMinutes(10);

  @Test
  void an_unknown_session_is_refused() {
    refused(Refusal.UNKNOWN_SESSION, () -> requeue("nowhere"));
  }

  @Test
  void what_waits_already_is_refused_wherever_it_waits() {
    claim("returned");
    worker.nack("returned");
    enqueue(
        work("ready").issue("i").priority(1),
        work("parked").issue("i").priority(2),
        work("later").notBefore(clock.now() + 1_000));
    assertCounts(1, 1, 1, 1, 0, 0);

    for (String id : List.of("ready", "parked", "later", "returned")) {
      refused(Refusal.WRONG_STATE, () -> requeue(id));
    }
  }

  @Test
  void what_is_being_stopped_is_refused_until_it_is_released() {
    claim("a");
    stop("a");

    refused(Refusal.WRONG_STATE, () -> requeue("a"));
    worker.report("a", SessionState.STOPPED);

    requeue("a");
    assertSession("a").isReady();
  }

  @Test
  void a_claimed_one_is_taken_from_its_worker_with_nothing_counted() {
    KitWorker worker = worker().capacity(1).register();
    other.register();
    enqueue(work("a").priority(2).item("{ \"a\" : 1.0 }"), work("b").priority(3));
    long token = worker.claim("a").token();
    worker.report("a", SessionState.RUNNING, Map.of("note", "\"kept\""));
    Session running = session("a");
    jump(MOMENT);

    Session requeued = requeue("a");

    assertThat(requeued).isEqualTo(session("a"));
    assertSession("a").isReady().hasAttempts(0).hasNacks(0).hasPosition(1);
    assertThat(requeued.updatedAtMs()).isEqualTo(clock.now());
    assertThat(requeued.token()).isEqualTo(token);
    assertThat(requeued.score()).isEqualTo(running.score());
    assertThat(requeued.item()).isEqualTo(running.item());
    assertThat(requeued.fields()).as("until the next claim").isEqualTo(running.fields());
    assertThat(requeued.nackedBy()).isNull();
    assertThat(worker.activeSessions()).isEmpty();
    assertCounts(2, 0, 0, 0, 0, 0);
    assertThat(other.take(5)).containsExactly("a", "b");
  }

  @Test
  void its_worker_may_take_it_again_at_once_but_by_a_claim_alone() {
    long token = claim("a").token();
    worker.start("a");
    requeue("a");

    refusedAsOwnedBy(null, () -> worker.start("a"));
    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
    refused(Refusal.NOT_OWNER, () -> worker.refresh("a"));
    refused(Refusal.NOT_OWNER, () -> worker.nack("a"));
    refusedLate("a", () -> worker.complete("a"));
    assertSession("a").isReady();

    assertThat(worker.claim("a").token()).isGreaterThan(token);
    refused(Refusal.NOT_OWNER, () -> worker.withToken(token).start("a"));
  }

  @Test
  void an_unaccepted_one_misses_no_accept_any_more() {
    sweepOnce();
    claim("a");
    requeue("a");

    passBeating(ACCEPT, worker);

    assertSession("a").isReady().hasAttempts(0);
    assertThat(worker.record().noShows()).isZero();
  }

  @Test
  void a_lost_claim_that_another_took_and_had_requeued_comes_back_to_neither() {
    claim("a");
    passBeating(LEASE, other);
    other.claim("a");

    requeue("a");

    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
    refused(Refusal.NOT_OWNER, () -> other.touch("a"));
  }

  @Test
  void messages_stay_with_a_claimed_one() {
    claim("a");
    Message message = send("a", MessageType.DIRECTIVE, "use the new branch");
    worker.read();
    requeue("a");

    other.claim("a");

    assertThat(other.read()).as("on its way to the one before").isEmpty();
    jump(VISIBILITY);
    assertThat(other.read()).containsExactly(message);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED"})
  void an_ended_session_runs_again(SessionState end) {
    claim(worker, work("a").priority(2));
    long created = session("a").createdAtMs();
    pass(LEASE);
    long token = worker.claim("a").token();
    worker.report("a", SessionState.RUNNING, Map.of("note", "\"old\""));
    worker.report("a", end, 5);
    enqueue(work("b").priority(3));
    jump(MOMENT);

    Session requeued = requeue("a");

    assertThat(requeued).isEqualTo(session("a"));
    assertSession("a").isReady().hasAttempts(0).hasNacks(0).hasPosition(1);
    assertThat(requeued.createdAtMs()).isEqualTo(created);
    assertThat(requeued.updatedAtMs()).isEqualTo(clock.now());
    assertThat(requeued.token()).isEqualTo(token);
    assertThat(requeued.claimedAtMs()).isZero();
    assertThat(requeued.startedAtMs()).isZero();
    assertThat(requeued.endedAtMs()).isZero();
    assertThat(requeued.lastSignMs()).isZero();
    assertThat(requeued.costMicroUsd()).isZero();
    assertThat(requeued.dead()).isNull();
    assertThat(requeued.fields()).isEmpty();
    assertThat(requeued.queuedAtMs()).isEqualTo(QUEUED_AT);
    assertCounts(2, 0, 0, 0, 0, 0);
    assertThat(worker.claim("a").token()).isGreaterThan(token);
    worker.complete("a");
    assertSession("a").isCompleted().hasAttempts(0);
  }

  @Test
  void an_ended_one_comes_back_to_its_last_owner_by_a_claim_alone() {
    claim("a");
    worker.complete("a");
    requeue("a");

    refusedAsOwnedBy(null, () -> worker.start("a"));
    refusedLate("a", () -> worker.complete("a"));
    assertSession("a").isReady();
  }

  @Test
  void what_ended_while_it_waited_may_be_requeued_too() {
    enqueue(work("a"));
    stop("a");

    requeue("a");

    assertSession("a").isReady();
    worker().register().claim("a");
  }

  @Test
  void the_worker_is_told_of_a_stop_of_the_next_run() {
    claim("a");
    stop("a");
    assertThat(worker.refresh("a").stop()).isTrue();
    worker.refresh("a");
    assertSession("a").isStopped();
    requeue("a");
    worker.claim("a");
    assertThat(worker.refresh("a").stop()).isFalse();

    String stop = stop("a").messageId();

    assertThat(worker.read()).extracting(Message::id).containsExactly(stop);
    assertThat(worker.refresh("a").stop()).isTrue();
    assertSession("a").isStoppingOn(worker);
    worker.refresh("a");
    assertSession("a").isStopped();
  }

  @Test
  void the_past_stays_on_the_timeline_and_among_the_activities() {
    claim("a");
    worker.tell("a", "note", "first run");
    worker.complete("a");

    requeue("a");
    worker.claim("a");
    worker.tell("a", "note", "second run");

    assertThat(lines("a"))
        .containsExactly(
            Event.Kind.ENQUEUED,
            Event.Kind.CLAIMED,
            Event.Kind.ENDED,
            Event.Kind.REQUEUED,
            Event.Kind.CLAIMED);
    assertThat(timeline("a").get(3).workerId()).isNull();
    assertThat(sessions().activities(org, "a", 0, 10))
        .extracting(activity -> activity.id() + " " + activity.body())
        .containsExactly("1 first run", "2 second run");
    requeue("a");
    assertThat(timeline("a").get(5).kind()).isEqualTo(Event.Kind.REQUEUED);
    assertThat(timeline("a").get(5).workerId()).isEqualTo(worker.id());
  }

  @Test
  void what_was_put_in_front_stays_there() {
    enqueue(work("a").priority(9), work("b").priority(1));
    front("a");
    worker.claim("a");

    requeue("a");
    assertSession("a").hasPosition(1);
    worker.claim("a");
    worker.complete("a");
    requeue("a");

    assertSession("a").hasPosition(1);
  }

  @Test
  void an_ended_one_waits_for_its_time_if_that_is_still_to_come() {
    enqueue(work("a").notBefore(clock.now() + WHILE.toMillis()));
    stop("a");

    requeue("a");

    assertSession("a").isLater();
    assertThat(worker.take(5)).isEmpty();
    jump(WHILE);
    worker.claim("a");
    worker.complete("a");
    requeue("a");
    assertSession("a").isReady();
  }

  @Test
  void an_ended_one_is_refused_where_an_enqueue_would_be() {
    openWith(rules().maxWaiting(2));
    claim("a");
    worker.complete("a");
    claim("b");
    enqueue(work("c"), work("d"));

    refused(Refusal.QUEUE_FULL, () -> requeue("a"));
    stop("c");

    requeue("a");
    assertSession("a").isReady();
  }

  @Test
  void a_requeue_of_a_claim_ignores_the_limit_of_waiting_work() {
    openWith(rules().maxWaiting(2));
    claim("a");
    enqueue(work("b"), work("c"));

    requeue("a");

    assertThat(counts().waiting()).isEqualTo(3);
  }

  @Test
  void an_ended_one_must_not_bring_a_65th_set_of_capabilities() {
    enqueue(work("a").needs("gpu"));
    stop("a");
    enqueue(works("set-", 64, item -> item.needs("can-" + item.id())));

    refused(Refusal.TOO_MANY_CAPABILITY_SETS, () -> requeue("a"));
    stop("set-001");

    requeue("a");
    assertSession("a").isReady();
  }

  @Test
  void of_many_requeues_at_once_one_takes_it() {
    claim("a");

    List<Boolean> taken =
        Together.all(
            16,
            caller -> {
              try {
                requeue("a");
                return true;
              } catch (RefusedException e) {
                return false;
              }
            });

    assertThat(taken).filteredOn(won -> won).hasSize(1);
    assertCounts(1, 0, 0, 0, 0, 0);
  }
}
