package dev.sluice.backend.tck.work;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import org.junit.jupiter.api.Test;

/**
 * docs/rules.md, "Issues": what an operator does moves the sessions of an issue in the same step.
 */
abstract class IssueByHandCases extends Fixture {

  @Test
  void a_best_that_is_stopped_while_it_waits_lets_the_next_go() {
    enqueue(work("a").issue("i"), work("c").issue("i"), work("b").issue("i"));

    stop("a");

    assertSession("b").isReady();
    assertSession("c").isParked();
  }

  @Test
  void a_parked_one_that_is_stopped_moves_nothing() {
    enqueue(work("a").issue("i"), work("b").issue("i"), work("c").issue("i"));

    stop("b");

    assertSession("b").isStopped();
    assertSession("a").isReady();
    assertSession("c").isParked();
  }

  @Test
  void a_new_priority_of_a_parked_one_may_make_it_the_best() {
    enqueue(work("a").issue("i").priority(2), work("b").issue("i").priority(3));

    Session session = reprioritise("b", 1);

    assertThat(session).isEqualTo(session("b"));
    assertSession("b").isReady().hasPosition(1);
    assertSession("a").isParked();
  }

  @Test
  void a_new_priority_of_the_best_may_park_it() {
    enqueue(
        work("a").issue("i").project("web").priority(2),
        work("b").issue("i").project("app").priority(3));

    reprioritise("a", 4);

    assertSession("a").isParked();
    assertSession("b").isReady();
    assertThat(worker().register().take(5)).containsExactly("b");
  }

  @Test
  void a_new_priority_while_one_is_claimed_counts_once_it_ended() {
    enqueue(work("a").issue("i"), work("b").issue("i"), work("c").issue("i"));
    worker.claim("a");

    reprioritise("c", 1);
    assertSession("c").isParked();
    worker.complete("a");

    assertSession("c").isReady();
    assertSession("b").isParked();
  }

  @Test
  void what_is_put_in_front_is_the_best_of_its_issue() {
    enqueue(work("a").issue("i").priority(1), work("b").issue("i").priority(9));

    front("b");

    assertSession("b").isReady().hasPosition(1);
    assertSession("a").isParked();
  }
}
