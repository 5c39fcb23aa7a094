package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Sweep, by org", except archives. */
abstract class RetentionCases extends Fixture {

  private static final Duration ENDED = Duration.ofMillis(RULES.kept().endedMs());
  private static final Duration DEAD = Duration.ofMillis(RULES.kept().deadMs());

  // Ended sessions

  @Test
  void an_ended_session_is_kept_for_its_time_and_then_gone_with_all_of_it() {
    claim("a");
    worker.tell("a", "t", "x");
    worker.complete("a");
    jump(ENDED.minus(MOMENT));
    assertThat(step().pruned()).isZero();
    assertSession("a").isCompleted();

    jump(MOMENT);
    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 0, 1, false));

    refused(Refusal.UNKNOWN_SESSION, () -> session("a"));
    refused(Refusal.UNKNOWN_SESSION, () -> timeline("a"));
    refused(Refusal.UNKNOWN_SESSION, () -> sessions().activities(org, "a", 0, 10));
    refused(Refusal.UNKNOWN_SESSION, () -> queue().standing(org, "a"));
    refused(Refusal.UNKNOWN_SESSION, () -> worker.complete("a"));
    refused(Refusal.UNKNOWN_SESSION, () -> requeue("a"));
    assertThat(ended()).isEmpty();
  }

  @Test
  void its_id_is_free_afterwards() {
    claim("a");
    worker.tell("a", "t", "x");
    worker.complete("a");
    long token = session("a").token();
    sweepAfter(ENDED);

    assertThat(enqueue(work("a").content("other")).duplicate()).isFalse();

    assertSession("a").isReady().hasAttempts(0);
    assertThat(session("a").token()).isZero();
    assertThat(timeline("a")).extracting(Event::kind).containsExactly(Event.Kind.ENQUEUED);
    assertThat(sessions().activities(org, "a", 0, 10)).isEmpty();
    assertThat(worker.claim("a").token()).isGreaterThan(token);
    assertThat(worker.tell("a", "t", "y").id()).isEqualTo(1);
  }

  @Test
  void while_it_is_kept_a_repeated_enqueue_is_one() {
    enqueue(work("a"));
    stop("a");
    sweepAfter(ENDED.minus(MOMENT));

    assertThat(enqueue(work("a")).duplicate()).isTrue();
    assertRefused(Refusal.CONFLICT, work("a").content("other"));
  }

  @Test
  void a_released_session_goes_by_the_time_of_its_stop() {
    claim("a");
    stop("a");
    jump(ENDED); // an outage: the grace is not over yet
    sweep();
    assertSession("a").isStoppingOn(worker);

    worker.report("a", SessionState.STOPPED);
    sweep();

    refused(Refusal.UNKNOWN_SESSION, () -> session("a"));
  }

  @Test
  void the_retention_of_a_requeued_session_starts_again() {
    claim("a");
    worker.fail("a");
    requeue("a");
    sweepAfter(ENDED);
    assertSession("a").isReady();
    worker.claim("a");
    worker.complete("a");

    sweepAfter(ENDED.minus(MOMENT));

    assertSession("a").isCompleted();
  }

  @Test
  void as_many_are_kept_as_may_be_and_the_oldest_go() {
    openWith(rules().maxEnded(3));
    for (int n = 1; n <= 5; n++) {
      enqueue(work("a-" + (6 - n)));
      stop("a-" + (6 - n));
      jump(MOMENT);
    }

    SweepResult result = step();

    assertThat(result).isEqualTo(new SweepResult(0, 0, 0, 0, 2, false));
    assertThat(ended()).containsExactly("a-1", "a-2", "a-3");
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void of_those_of_one_time_the_first_by_bytes_go() {
    openWith(rules().maxEnded(1));
    for (String id : List.of("\ud83d\ude80", "\uff61", "z", "a")) {
      enqueue(work(id));
      stop(id);
    }

    step();

    assertThat(ended()).as("the last in UTF-8, not in UTF-16").containsExactly("\ud83d\ude80");
  }

  @Test
  void dead_letters_and_live_work_count_not_among_them() {
    openWith(rules().maxEnded(1));
    worker.register();
    enqueue(work("dead").deadline(clock.now() + 1), work("other dead").deadline(clock.now() + 1));
    sweepAfter(MOMENT);
    claim("claimed");
    enqueue(work("waiting"), work("ended"));
    stop("ended");

    assertThat(step()).isEqualTo(SweepResult.NOTHING);

    assertThat(ended()).containsExactly("ended");
    assertThat(counts().dead()).isEqualTo(2);
  }

  // Dead letters

  @Test
  void a_dead_letter_is_kept_for_its_own_time() {
    enqueue(work("a").deadline(clock.now() + 1), work("b").deadline(clock.now() + 2));
    sweepAfter(MOMENT);
    sweepAfter(MOMENT);
    jump(DEAD.minus(MOMENT.multipliedBy(2)));
    assertThat(step().pruned()).isZero();
    assertThat(counts().dead()).isEqualTo(2);

    jump(MOMENT);
    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 0, 1, false));

    refused(Refusal.UNKNOWN_SESSION, () -> session("a"));
    assertThat(session("b").place()).isEqualTo(Place.DEAD);
    assertThat(counts().dead()).isEqualTo(1);
  }

  @Test
  void a_discarded_one_goes_like_an_ended_session_from_then_on() {
    deadLetter("a");
    sweepAfter(ENDED.multipliedBy(2));
    stop("a");
    sweepAfter(ENDED.minus(MOMENT));
    assertSession("a").isFailed();

    sweepAfter(MOMENT);

    refused(Refusal.UNKNOWN_SESSION, () -> session("a"));
  }

  @Test
  void the_set_of_capabilities_of_a_pruned_letter_is_free() {
    for (int n = 0; n < RULES.maxCapabilitySets(); n++) {
      enqueue(work("a-" + n).needs("capability-" + n).deadline(clock.now() + 1));
    }
    sweepAfter(MOMENT);
    assertRefused(Refusal.TOO_MANY_CAPABILITY_SETS, work("b").needs("other"));
    sweepAfter(DEAD);

    enqueue(work("b").needs("other"));
  }

  // Live work

  @Test
  void live_work_has_no_retention() {
    claim("claimed");
    worker.start("claimed");
    claim("nacked");
    worker.nack("nacked");
    enqueue(
        work("ready"),
        work("parked").issue("issue of ready").priority(9),
        work("later").notBefore(clock.now() + DEAD.multipliedBy(3).toMillis()));
    send("ready", MessageType.NUDGE, "hello");

    sweepAfter(DEAD.multipliedBy(2));
    worker.register();
    sweep();

    for (String id : List.of("claimed", "nacked", "ready", "parked", "later")) {
      assertThat(session(id).place()).as(id).isNotIn(Place.ENDED, Place.DEAD);
    }
    assertSession("claimed").isRunningOn(worker);
    assertThat(inbox("ready")).hasSize(1);
  }

  // Steps

  @Test
  void each_kind_goes_in_steps_the_oldest_first() {
    openWith(rules().dueStep(2));
    List<KitWorker> workers = new ArrayList<>();
    for (int n = 1; n <= 3; n++) {
      enqueue(work("ended-" + n));
      send("ended-" + n, MessageType.NUDGE, "hello");
      stop("ended-" + n);
      enqueue(work("dead-" + n).deadline(clock.now() + 1));
      workers.add(worker().register());
      sweepAfter(MOMENT);
    }
    pass(LEASE);
    jump(DEAD);

    SweepResult first = step();

    // Two of each: sessions, dead letters, archives, workers, and lines of the sends and stops.
    assertThat(first).isEqualTo(new SweepResult(0, 0, 0, 0, 10, true));
    assertThat(ended()).containsExactly("ended-3");
    assertThat(session("dead-3").place()).isEqualTo(Place.DEAD);
    assertThat(counts().dead()).isEqualTo(1);
    assertThat(allWorkers()).containsExactly(workers.get(2).record());
    assertThat(inbox("ended-3")).hasSize(1);
    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 0, 6, true));
    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 0, 2, true));
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
    assertNothingLeft();
  }

  @Test
  void the_old_go_before_those_that_are_too_many() {
    openWith(rules().dueStep(2).maxEnded(1));
    for (int n = 1; n <= 4; n++) {
      enqueue(work("a-" + n));
      stop("a-" + n);
      jump(MOMENT);
    }
    jump(ENDED.minus(MOMENT.multipliedBy(3)));

    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 0, 2, true));
    assertThat(ended()).containsExactly("a-4", "a-3");
    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 0, 1, false));
    assertThat(ended()).containsExactly("a-4");
  }

  @Test
  void damaged_ended_sessions_hold_up_no_others() {
    openWith(rules().dueStep(2));
    enqueue(works("a-", 6));
    each(works("a-", 6), this::stop);
    for (int n = 1; n <= 4; n++) {
      damage("a-00" + n);
    }
    jump(ENDED);

    sweep();

    refused(Refusal.UNKNOWN_SESSION, () -> session("a-005"));
    refused(Refusal.UNKNOWN_SESSION, () -> session("a-006"));
    refused(Refusal.DAMAGED, () -> session("a-001"));
  }

  @Test
  void to_forget_something_is_a_change() {
    enqueue(work("a"));
    stop("a");
    long before = seq();
    jump(ENDED);

    step();

    assertThat(seq()).isEqualTo(before + 1);
  }

  @Test
  void concurrent_sweeps_delete_each_record_once() {
    openWith(rules().dueStep(3));
    enqueue(works("a-", 60));
    each(works("a-", 60), this::stop);
    jump(ENDED);

    List<Integer> pruned =
        Together.all(
            8,
            caller -> {
              SweepResult all = step();
              while (all.more()) {
                all = all.and(step());
              }
              return all.pruned();
            });

    assertThat(pruned.stream().mapToInt(n -> n).sum()).isEqualTo(60);
    assertThat(ended()).isEmpty();
  }

  private SweepResult step() {
    return sweepStep();
  }

  private List<String> ended() {
    return sessions().list(org, Place.ENDED, null, 1_000).items().stream()
        .map(Session::id)
        .toList();
  }
}
