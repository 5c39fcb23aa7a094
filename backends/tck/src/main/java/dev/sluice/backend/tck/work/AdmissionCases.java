package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewWork;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Enqueue": full queues, and repeats of ended work. */
abstract class AdmissionCases extends Fixture {

  @Test
  void a_full_queue_takes_no_more() {
    openWith(rules().maxWaiting(3));
    enqueue(works("a-", 3));

    assertRefused(Refusal.QUEUE_FULL, work("b"), work("c").project("web"));

    refused(Refusal.UNKNOWN_SESSION, () -> session("b"));
    assertThat(counts().waiting()).isEqualTo(3);
  }

  @Test
  void of_one_call_as_much_goes_in_as_there_is_room_for() {
    openWith(rules().maxWaiting(3));
    enqueue(work("a"));

    assertThat(offer(work("b"), work("a"), work("c"), work("d"), work("a").content("other")))
        .extracting(Enqueued::refusal)
        .containsExactly(null, null, null, Refusal.QUEUE_FULL, Refusal.CONFLICT);
  }

  @Test
  void a_repeat_is_answered_though_the_queue_is_full() {
    openWith(rules().maxWaiting(1));
    enqueue(work("a"));

    assertThat(enqueue(work("a"))).isEqualTo(repeated("a", SessionState.PENDING, 1));
  }

  @Test
  void all_that_waits_counts_wherever_it_waits() {
    openWith(rules().maxWaiting(4));
    claim("returned");
    worker.nack("returned");
    enqueue(
        work("ready").issue("i").priority(1),
        work("parked").issue("i").priority(2),
        work("later").notBefore(clock.now() + 1_000));
    assertCounts(1, 1, 1, 1, 0, 0);

    assertRefused(Refusal.QUEUE_FULL, work("a"));
    for (String id : List.of("returned", "parked", "later", "ready")) {
      stop(id);
      enqueue(work("instead-of-" + id));
      assertRefused(Refusal.QUEUE_FULL, work("a"));
    }
  }

  @Test
  void what_no_longer_waits_makes_room() {
    openWith(rules().maxWaiting(1));
    claim("claimed");
    enqueue(work("a").deadline(clock.now() + 1_000));
    assertRefused(Refusal.QUEUE_FULL, work("b"));

    sweepAfter(Duration.ofMillis(1_000));
    enqueue(work("b"));

    assertCounts(1, 0, 0, 0, 1, 1);
  }

  @Test
  void what_comes_back_is_let_in_however_full_the_queue() {
    openWith(rules().maxWaiting(1));
    worker.register();
    other.register();
    for (String id : List.of("a", "b", "c")) {
      claim(id);
    }
    enqueue(work("d"));
    worker.nack("a");
    worker.start("b");
    worker.deregister();

    assertThat(counts().waiting()).isEqualTo(4);
    assertRefused(Refusal.QUEUE_FULL, work("e"));
    assertThat(other.take(5)).containsExactly("a", "b", "c", "d");
    enqueue(work("e"));
  }

  @Test
  void of_two_reasons_the_full_queue_is_named() {
    openWith(rules().maxWaiting(64));
    enqueue(works("set-", 64, item -> item.needs("can-" + item.id())));

    assertRefused(Refusal.QUEUE_FULL, work("a").needs("another"));
  }

  @Test
  void many_at_once_never_overfill_the_queue() {
    openWith(rules().maxWaiting(10));

    List<List<Enqueued>> results =
        Together.all(16, caller -> offerOnly(work("a-" + caller), work("b-" + caller)));

    assertThat(results.stream().flatMap(List::stream))
        .filteredOn(result -> result.refusal() == null)
        .hasSize(10);
    assertThat(counts().waiting()).isEqualTo(10);
  }

  /** {@link #offer} for many threads. */
  private List<Enqueued> offerOnly(WorkBuilder... items) {
    List<NewWork> work = Stream.of(items).map(WorkBuilder::build).toList();
    return queue().enqueue(org, work);
  }

  @Test
  void without_a_limit_of_its_own_a_backend_takes_many() {
    assertThat(enqueue(works("a-", 2_000))).hasSize(2_000);
  }

  @Test
  void the_same_content_of_what_has_ended_answers_how_it_ended() {
    enqueue(work("a"), work("b"), work("c"), work("d"));
    assertThat(worker.take(3)).hasSize(3);
    worker.complete("a");
    worker.fail("b");
    stop("c");
    stop("d");

    withoutTrace(
        () ->
            assertThat(enqueue(work("a"), work("b"), work("c"), work("d")))
                .containsExactly(
                    repeated("a", SessionState.COMPLETED, 0),
                    repeated("b", SessionState.FAILED, 0),
                    repeated("c", SessionState.STOPPED, 0),
                    repeated("d", SessionState.STOPPED, 0)));
  }

  @Test
  void a_repeat_answers_the_place_of_parked_and_later_work() {
    enqueue(work("a").issue("i"), work("b").issue("i"), work("c").notBefore(clock.now() + 1_000));

    assertThat(enqueue(work("b"), work("c")))
        .containsExactly(
            repeated("b", SessionState.PENDING, 0), repeated("c", SessionState.PENDING, 0));
  }

  @Test
  void a_new_one_of_a_known_issue_is_no_repeat() {
    enqueue(work("a").issue("i").content("same"));

    assertThat(enqueue(work("b").issue("i").content("same")).duplicate()).isFalse();
    assertSession("b").isParked();
  }
}
