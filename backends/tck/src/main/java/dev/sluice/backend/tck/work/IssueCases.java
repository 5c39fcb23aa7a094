package dev.sluice.backend.tck.work;

import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Issues": who may go. {@link IssueFreedCases} has its changes. */
abstract class IssueCases extends Fixture {

  @Test
  void only_the_best_of_an_issue_is_in_its_bucket() {
    enqueue(
        work("c").issue("i").priority(3),
        work("a").issue("i").priority(1),
        work("b").issue("i").priority(2));

    assertSession("a").isReady().hasPosition(1);
    assertSession("b").isParked();
    assertSession("c").isParked();
    assertCounts(1, 2, 0, 0, 0, 0);
    assertThat(counts().waiting()).isEqualTo(3);
  }

  @Test
  void one_poll_brings_one_session_of_an_issue() {
    enqueue(work("a").issue("i"), work("b").issue("i"), work("c"), work("d").issue("i"));

    assertThat(worker().register().take(5)).containsExactly("a", "c");
  }

  @Test
  void equals_go_by_the_bytes_of_their_ids() {
    enqueue(work("\ud83d\ude80").issue("i"), work("\uff61").issue("i"));

    assertSession("\uff61").isReady();
    assertSession("\ud83d\ude80").isParked();
  }

  @Test
  void what_comes_later_but_is_better_takes_the_place_of_the_best() {
    enqueue(work("b").issue("i").priority(2));
    enqueue(work("a").issue("i").priority(1));

    assertSession("a").isReady();
    assertSession("b").isParked();
    assertThat(worker().register().take(5)).containsExactly("a");
  }

  @Test
  void while_one_is_claimed_none_is_in_a_bucket_not_even_a_better_one() {
    enqueue(work("b").issue("i").priority(2), work("c").issue("i").priority(3));
    worker.claim("b");
    enqueue(work("a").issue("i").priority(1));

    assertSession("a").isParked();
    assertSession("c").isParked();
    assertThat(worker.take(5)).isEmpty();
    assertThat(other.take(5)).isEmpty();
  }

  @Test
  void an_issue_is_one_across_capabilities() {
    enqueue(
        work("a").issue("i").project("web").priority(1),
        work("b").issue("i").project("web").needs("gpu").priority(2),
        work("c").issue("i").project("web").priority(3));

    assertThat(worker().can("gpu").register().take(5)).containsExactly("a");
  }

  @Test
  void an_issue_locks_its_project_alone() {
    enqueue(
        work("a").issue("i").project("web").needs("tpu").priority(1),
        work("b").issue("i").project("app").priority(2),
        work("c").issue("i").project("app").priority(3),
        work("d").issue("i").priority(4));

    assertSession("b").isReady();
    assertSession("c").isParked();
    assertSession("d").isReady();
    assertThat(standing("c").behind()).isEqualTo("b");
    assertThat(worker().projects("app").register().take(5)).containsExactly("b", "d");
    assertThat(worker().can("tpu").register().take(5)).containsExactly("a");
    assertSession("c").isParked();
  }

  @Test
  void an_issue_that_is_named_like_a_session_of_another_project_is_another_one() {
    enqueue(work("a").issue("a").project("web"), work("b").issue("a").project("app"));
    enqueue(work("c").issue("a").project("web"));

    assertSession("b").isReady();
    assertSession("c").isParked();
    assertThat(worker().register().take(5)).containsExactly("a", "b");
  }

  @Test
  void an_item_waits_behind_the_best_of_its_issue_though_no_worker_may_take_that() {
    enqueue(
        work("a").issue("i").project("app").needs("tpu").priority(1),
        work("b").issue("i").project("app").priority(2));
    KitWorker worker = worker().projects("app").register();

    assertThat(worker.take(5)).isEmpty();

    assertSession("b").isParked();
    Standing standing = standing("b");
    assertThat(standing.behind()).isEqualTo("a");
    assertThat(standing.behindClaimed()).isFalse();
    assertThat(worker.claimByName("b").denial()).isEqualTo(ClaimDenial.PARKED);
  }

  @Test
  void a_closed_queue_holds_up_no_work_of_another_project() {
    enqueue(
        work("a").issue("i").project("web").priority(1),
        work("b").issue("i").project("app").priority(2));
    pause("web", 0);

    assertThat(worker().register().take(5)).containsExactly("b");
    assertSession("a").isReady();
  }

  @Test
  void parked_work_stands_behind_the_claimed_one_of_its_issue() {
    enqueue(work("b").issue("i"), work("c").issue("i"));
    worker.claim("b");
    enqueue(work("a").issue("i"));

    Standing standing = standing("c");

    assertThat(standing.session()).isEqualTo(session("c"));
    assertThat(standing.behind()).isEqualTo("b");
    assertThat(standing.behindClaimed()).isTrue();
    assertThat(standing("b").behind()).isNull();
    assertThat(standing("b").behindClaimed()).isFalse();
  }

  @Test
  void the_best_stands_behind_no_other() {
    enqueue(work("a").issue("i"), work("b").issue("i"));

    assertThat(standing("a").behind()).isNull();
    assertThat(standing("a").behindClaimed()).isFalse();
    assertThat(standing("b").behind()).isEqualTo("a");
  }

  @Test
  void an_issue_identifier_alone_locks_nothing() {
    enqueue(work("a").identifier("ISSUE-1"), work("b").identifier("ISSUE-1"));

    assertThat(worker().register().take(5)).containsExactly("a", "b");
  }

  @Test
  void issues_are_told_apart_by_their_bytes() {
    enqueue(
        work("a").issue("\u00e9"),
        work("b").issue("e\u0301"),
        work("c").issue("i"),
        work("d").issue("I"),
        work("e").issue("i "));

    assertThat(worker().register().take(5)).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void an_issue_may_be_named_like_another_session() {
    enqueue(work("a").issue("b"), work("b").issue("a"), work("c").issue("b"));

    assertThat(worker().register().take(5)).containsExactly("a", "b");
  }

  @Test
  void parked_work_hides_nothing() {
    enqueue(work("a").issue("i"));
    worker.claim("a");
    enqueue(works("b-", 100, item -> item.issue("i").priority(1)));
    enqueue(work("z").priority(9));

    assertThat(worker.take(5)).containsExactly("z");
  }

  @Test
  void many_workers_at_once_never_hold_two_sessions_of_an_issue() {
    int issues = 5;
    WorkBuilder[] items = works("a-", 100);
    for (int n = 0; n < items.length; n++) {
      enqueue(items[n].issue("issue-" + n % issues));
    }
    List<KitWorker> workers = fleet(8);
    List<AtomicInteger> held = Stream.generate(AtomicInteger::new).limit(issues).toList();

    List<List<String>> done =
        Together.all(8, caller -> workUntilAllIsDone(workers.get(caller), held, items.length));

    assertThat(done.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(Stream.of(items).map(WorkBuilder::id).toList());
    assertCounts(0, 0, 0, 0, 0, 0);
  }

  /** May find nothing while others hold the issues. */
  private List<String> workUntilAllIsDone(KitWorker worker, List<AtomicInteger> held, int most) {
    List<String> done = new ArrayList<>();
    for (int polls = 0; polls < 20 * most && counts().waiting() > 0; polls++) {
      for (String id : worker.take(2)) {
        int issue = (Integer.parseInt(id.substring(2)) - 1) % held.size();
        assertThat(held.get(issue).incrementAndGet()).as("holders of issue %s", issue).isOne();
        worker.start(id);
        held.get(issue).decrementAndGet();
        worker.complete(id);
        done.add(id);
      }
    }
    return done;
  }

  @Test
  void a_damaged_best_keeps_its_place_and_the_others_wait() {
    enqueue(work("a").issue("i"), work("b").issue("i"), work("c").issue("i"), work("z"));
    damage("a");

    assertThat(worker().register().take(5)).isEmpty();

    assertSession("b").isParked();
    assertSession("c").isParked();
    assertCounts(2, 2, 0, 0, 0, 0);
  }

  @Test
  void a_damaged_claim_holds_its_issue() {
    enqueue(work("a").issue("i"), work("b").issue("i"));
    worker.claim("a");
    damage("a");

    stop("b");
    enqueue(work("c").issue("i"));

    assertSession("c").isParked();
    assertCounts(0, 1, 0, 0, 1, 0);
  }

  @Test
  void a_damaged_next_best_is_left_where_it_is() {
    enqueue(work("a").issue("i"), work("b").issue("i"), work("c").issue("i"));
    worker.claim("a");
    damage("b");

    worker.complete("a");

    assertSession("a").isCompleted();
    assertSession("c").isParked();
    assertThat(worker.take(5)).isEmpty();
    assertCounts(0, 2, 0, 0, 0, 0);
  }

  // Stops, priorities and the front, by hand

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
    enqueue(work("a").issue("i").priority(2), work("b").issue("i").priority(3));

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
