package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class EnqueueCases extends Fixture {

  @Test
  void new_work_is_pending_at_its_position() {
    assertThat(enqueue(work("a"))).isEqualTo(pending("a", 1));
  }

  @Test
  void all_that_was_given_is_kept() {
    NewWork given =
        work("a")
            .project("web")
            .needs("gpu", "arm")
            .priority(2)
            .deadline(clock.now() + 1_000)
            .build();

    queue().enqueue(org, List.of(given));

    assertThat(session("a"))
        .isEqualTo(
            new Session(
                "a",
                given.issueId(),
                given.issueIdentifier(),
                given.subject(),
                "web",
                Place.READY,
                SessionState.PENDING,
                2,
                given.queuedAtMs(),
                1,
                0,
                0,
                clock.now(),
                clock.now(),
                0,
                given.score(),
                List.of("arm", "gpu"),
                null,
                given.notBeforeMs(),
                given.deadlineMs(),
                ClaimState.NONE,
                ReturnInfo.NONE,
                given.item()));
  }

  @Test
  void the_same_again_answers_the_present_state() {
    enqueue(work("a"), work("b"));

    assertThat(enqueue(work("b"))).isEqualTo(repeated("b", SessionState.PENDING, 2));

    worker.claim("a");
    assertThat(enqueue(work("a"))).isEqualTo(repeated("a", SessionState.CLAIMED, 0));

    worker.fail("a");
    assertThat(enqueue(work("a"))).isEqualTo(repeated("a", SessionState.FAILED, 0));
  }

  @Test
  void the_same_again_changes_nothing() {
    enqueue(work("a").priority(2).item("{\"first\":true}"));

    withoutTrace(() -> enqueue(work("a").priority(1).item("{\"first\":false}")));
  }

  @Test
  void other_content_under_a_known_id_is_a_conflict() {
    enqueue(work("a"));

    assertRefused(Refusal.CONFLICT, work("a").content("other"));
  }

  @Test
  void every_item_of_a_call_has_its_own_result_in_order() {
    enqueue(work("b"));

    List<Enqueued> results =
        offer(work("c"), work("b").content("other"), work("b"), work("a"), work("c"));

    assertThat(results)
        .containsExactly(
            new Enqueued("c", false, SessionState.PENDING, 2, null),
            results.get(1), // refused: its state and position mean nothing
            repeated("b", SessionState.PENDING, 1),
            pending("a", 1),
            repeated("c", SessionState.PENDING, 3));
    assertThat(results.get(1).sessionId()).isEqualTo("b");
    assertThat(results.get(1).refusal()).isEqualTo(Refusal.CONFLICT);
    assertThat(counts().ready()).isEqualTo(3);
  }

  @Test
  void a_call_without_items_answers_none() {
    assertThat(offer()).isEmpty();
  }

  @Test
  void a_thousand_items_go_in_by_one_call() {
    assertThat(enqueue(works("bulk-", 1_000)).get(999).position()).isEqualTo(1_000);
    assertThat(counts().ready()).isEqualTo(1_000);
  }

  @Test
  void the_same_item_from_many_at_once_is_enqueued_once() {
    List<Enqueued> results = Together.all(16, caller -> offer(work("a")).get(0));

    assertThat(results).filteredOn(result -> !result.duplicate()).hasSize(1);
    assertThat(results).allSatisfy(result -> assertThat(result.refusal()).isNull());
    assertThat(counts().ready()).isEqualTo(1);
  }

  @Test
  void of_different_contents_at_once_one_gets_the_id() {
    List<Enqueued> results =
        Together.all(16, caller -> offer(work("a").content("content " + caller)).get(0));

    assertThat(results).filteredOn(result -> result.refusal() == null).hasSize(1);
    assertThat(results).filteredOn(result -> result.refusal() == Refusal.CONFLICT).hasSize(15);
  }

  @Test
  void position_counts_what_its_project_hands_out_before() {
    enqueue(
        work("first").project("web").priority(1),
        work("elsewhere").project("app").priority(1),
        work("anywhere").priority(1),
        work("special").project("web").priority(2).needs("gpu"),
        work("last").project("web").priority(9));

    assertThat(enqueue(work("new").project("web").priority(3)).position()).isEqualTo(3);
    assertSession("last").hasPosition(4);
    assertSession("elsewhere").hasPosition(1);
    assertSession("anywhere").hasPosition(1);
  }

  @Test
  void position_goes_by_id_among_equals_of_any_capabilities() {
    enqueue(
        work("c").project("web").needs("gpu"),
        work("b").project("web"),
        work("d").project("web").needs("arm"),
        work("a").project("web").needs("gpu"));

    assertSession("a").hasPosition(1);
    assertSession("b").hasPosition(2);
    assertSession("c").hasPosition(3);
    assertSession("d").hasPosition(4);
  }

  @Test
  void position_counts_returned_work_and_no_claimed_work() {
    enqueue(work("a"), work("b"), work("c"));
    worker.claim("a");
    assertSession("a").hasPosition(0);
    assertSession("c").hasPosition(2);

    worker.nack("a");

    assertSession("a").hasPosition(1);
    assertSession("c").hasPosition(3);
  }

  @Test
  void position_is_exact_up_to_a_limit_and_unknown_beyond() {
    openWith(rules().exactPosition(5));

    assertThat(enqueue(works("a-", 7)))
        .extracting(Enqueued::position)
        .containsExactly(1, 2, 3, 4, 5, 0, 0);
    assertSession("a-005").hasPosition(5);
    assertSession("a-006").hasPosition(0);
  }

  @Test
  void there_are_at_most_64_sets_of_required_capabilities() {
    enqueue(sets(64));

    assertRefused(Refusal.TOO_MANY_CAPABILITY_SETS, work("one-more").needs("another"));
    refused(Refusal.UNKNOWN_SESSION, () -> session("one-more"));
    enqueue(work("of-a-known-set").needs("capability-064"));
  }

  @Test
  void no_required_capabilities_are_a_set_too() {
    enqueue(sets(63));
    enqueue(work("plain"));

    assertRefused(Refusal.TOO_MANY_CAPABILITY_SETS, work("one-more").needs("another"));
  }

  @Test
  void a_set_counts_as_long_as_work_that_requires_it_lives() {
    KitWorker worker = worker().can("capability-001").register();
    enqueue(sets(64));

    worker.claim("set-001");
    assertRefused(Refusal.TOO_MANY_CAPABILITY_SETS, work("one-more").needs("another"));

    worker.complete("set-001");
    enqueue(work("one-more").needs("another"));
  }

  @Test
  void a_set_counts_until_stopped_work_is_released() {
    KitWorker worker = worker().can("capability-001").register();
    enqueue(sets(64));
    worker.claim("set-001");
    stop("set-001");
    assertRefused(Refusal.TOO_MANY_CAPABILITY_SETS, work("one-more").needs("another"));

    worker.report("set-001", SessionState.STOPPED);
    enqueue(work("one-more").needs("another"));
  }

  @Test
  void a_set_is_free_when_the_last_of_its_work_ends() {
    enqueue(sets(64));
    enqueue(work("second").needs("capability-001"));
    stop("set-001");
    assertRefused(Refusal.TOO_MANY_CAPABILITY_SETS, work("one-more").needs("another"));

    stop("second");
    enqueue(work("one-more").needs("another"));
  }

  /** A set of capabilities each. */
  private static WorkBuilder[] sets(int count) {
    WorkBuilder[] items = works("set-", count);
    for (WorkBuilder item : items) {
      item.needs(item.id().replace("set-", "capability-"));
    }
    return items;
  }
}
