package dev.sluice.backend.tck.work;

import static dev.sluice.backend.tck.WorkBuilder.QUEUED_AT;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Order by hand". {@link IssueFreedCases} has issues. */
abstract class OrderByHandCases extends Fixture {

  @Test
  void a_new_priority_moves_waiting_work() {
    enqueue(work("a").priority(3), work("b").priority(4), work("c").priority(5));
    jump(MOMENT);

    Session session = reprioritise("c", 1);

    assertThat(session).isEqualTo(session("c"));
    assertThat(session.priority()).isEqualTo(1);
    assertThat(session.score()).isEqualTo(Score.of(1, QUEUED_AT));
    assertThat(session.queuedAtMs()).isEqualTo(QUEUED_AT);
    assertThat(session.updatedAtMs()).isEqualTo(clock.now());
    assertSession("c").isReady().hasPosition(1);
    assertSession("a").hasPosition(2);
    assertThat(worker().register().take(5)).containsExactly("c", "a", "b");
  }

  @Test
  void a_lower_priority_moves_it_back() {
    enqueue(work("a").priority(3), work("b").priority(4));

    reprioritise("a", 9);

    assertThat(worker().register().take(5)).containsExactly("b", "a");
  }

  @Test
  void within_its_new_priority_its_enqueue_time_and_its_id_count() {
    enqueue(
        work("d").priority(1).queuedAt(QUEUED_AT + 1),
        work("c").priority(9).queuedAt(QUEUED_AT),
        work("b").priority(1).queuedAt(QUEUED_AT),
        work("a").priority(1).queuedAt(QUEUED_AT + 2));

    reprioritise("c", 1);

    assertThat(worker().register().take(5)).containsExactly("b", "c", "d", "a");
  }

  @Test
  void the_same_priority_again_changes_nothing() {
    enqueue(work("a").priority(3));
    jump(MOMENT);

    audited(() -> reprioritise("a", 3));
    reprioritise("a", 4);
    audited(() -> reprioritise("a", 4));
  }

  @Test
  void returned_work_keeps_its_back_off() {
    claim("a");
    worker.nack("a");

    reprioritise("a", 1);
    assertSession("a").isReturned();
    front("a");

    assertSession("a").isReturned().hasPosition(1);
    assertThat(worker.take(5)).isEmpty();
    assertThat(worker().register().take(5)).containsExactly("a");
  }

  @Test
  void only_waiting_work_has_an_order() {
    enqueue(work("claimed"), work("stopping"), work("ended"));
    assertThat(worker.take(5)).hasSize(3);
    worker.complete("ended");
    stop("stopping");

    for (String id : List.of("claimed", "stopping", "ended")) {
      refused(Refusal.WRONG_STATE, () -> reprioritise(id, 1));
      refused(Refusal.WRONG_STATE, () -> front(id));
    }
  }

  @Test
  void an_unknown_and_a_damaged_session_are_refused() {
    enqueue(work("a"));
    damage("a");

    refused(Refusal.UNKNOWN_SESSION, () -> reprioritise("nowhere", 1));
    refused(Refusal.UNKNOWN_SESSION, () -> front("nowhere"));
    refused(Refusal.DAMAGED, () -> reprioritise("a", 1));
    refused(Refusal.DAMAGED, () -> front("a"));
  }

  @Test
  void a_claim_that_comes_back_keeps_its_new_priority() {
    enqueue(work("a").priority(9), work("b").priority(2));
    reprioritise("a", 1);
    worker.claim("a");
    assertThat(session("a").priority()).isEqualTo(1);

    worker.nack("a");

    assertSession("a").hasPosition(1);
    assertThat(session("a").score()).isEqualTo(Score.of(1, QUEUED_AT));
  }

  @Test
  void what_is_put_in_front_goes_before_all_other_work() {
    enqueue(work("a").priority(1).queuedAt(0), work("b").project("web").priority(9));
    jump(MOMENT);

    Session session = front("b");

    assertThat(session).isEqualTo(session("b"));
    assertThat(session.score()).isEqualTo(Score.front(clock.now()));
    assertThat(session.priority()).as("stays").isEqualTo(9);
    assertThat(session.updatedAtMs()).isEqualTo(clock.now());
    assertThat(worker().register().take(5)).containsExactly("b", "a");
  }

  @Test
  void what_is_put_in_front_later_goes_before_it() {
    enqueue(works("a-", 4));

    front("a-002");
    front("a-004");
    front("a-003");
    jump(MOMENT);
    front("a-002");

    assertThat(session("a-004").score()).isEqualTo(session("a-003").score() + 1);
    assertThat(worker().register().take(5)).containsExactly("a-002", "a-003", "a-004", "a-001");
  }

  @Test
  void what_is_in_front_already_is_put_there_anew() {
    enqueue(works("a-", 2));
    front("a-001");
    long before = seq();

    front("a-001");

    assertThat(seq()).isEqualTo(before + 1);
    front("a-002");
    assertThat(worker().register().take(5)).containsExactly("a-002", "a-001");
  }

  @Test
  void a_nack_a_lost_claim_and_a_deregistration_keep_it_in_front() {
    other.register();
    enqueue(work("a").priority(9), work("b").priority(1));
    long score = front("a").score();

    worker.claim("a");
    worker.nack("a");
    assertThat(session("a").score()).isEqualTo(score);
    other.claim("a");
    passBeating(LEASE, worker);
    assertThat(session("a").score()).isEqualTo(score);
    worker.claim("a");
    worker.deregister();

    assertSession("a").isReady().hasPosition(1);
    assertThat(session("a").score()).isEqualTo(score);
  }

  @Test
  void a_new_priority_takes_it_from_the_front_be_it_the_same_as_before() {
    enqueue(work("a").priority(3), work("b").priority(1));
    front("a");

    Session session = reprioritise("a", 3);

    assertThat(session.score()).isEqualTo(Score.of(3, QUEUED_AT));
    assertThat(worker().register().take(5)).containsExactly("b", "a");
  }

  @Test
  void of_many_put_in_front_at_once_each_has_a_place_of_its_own() {
    enqueue(works("a-", 16));

    List<Long> scores =
        Together.all(16, caller -> front(String.format("a-%03d", caller + 1)).score());

    assertThat(scores).doesNotHaveDuplicates();
  }
}
