package dev.sluice.backend.tck.queues;

import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Queues of projects". */
abstract class OldestCases extends Fixture {

  private static final long T = WorkBuilder.QUEUED_AT;

  @Test
  void it_is_the_smallest_enqueue_time_of_any_priority() {
    assertOldest(0);
    enqueue(work("a").project("web").priority(2).queuedAt(T - 5));
    assertOldest(T - 5);
    enqueue(work("b").project("web").priority(1).queuedAt(T));
    assertOldest(T - 5);
    enqueue(
        work("c").project("web").priority(9).queuedAt(T - 7),
        work("d").project("web").priority(9).queuedAt(T - 6),
        work("e").project("web").priority(5).queuedAt(T - 6),
        work("f").project("app").priority(1).queuedAt(T - 100));
    assertOldest(T - 7);

    stop("c");
    assertOldest(T - 6);
    stop("d");
    stop("e");
    stop("a");
    assertOldest(T);
    stop("b");
    assertOldest(0);
    assertThat(queueOf("app").oldestQueuedAtMs()).isEqualTo(T - 100);
  }

  @Test
  void all_sets_of_required_capabilities_count() {
    enqueue(
        work("a").project("web").queuedAt(T),
        work("b").project("web").needs("gpu").queuedAt(T - 2),
        work("c").project("web").needs("gpu", "arm").queuedAt(T - 1));
    assertOldest(T - 2);

    stop("b");
    assertOldest(T - 1);
  }

  @Test
  void only_what_is_in_order_counts() {
    enqueue(
        work("best").project("web").issue("i").priority(1).queuedAt(T),
        work("parked").project("web").issue("i").priority(2).queuedAt(T - 3),
        work("later").project("web").notBefore(clock.now() + 1_000).queuedAt(T - 2));
    assertOldest(T);

    worker.claim("best");
    assertOldest(0);
    worker.complete("best");
    assertOldest(T - 3);
    stop("parked");
    sweepAfter(Duration.ofSeconds(1));
    assertOldest(T - 2);
  }

  @Test
  void returned_work_counts_from_its_enqueue_on() {
    enqueue(work("a").project("web").queuedAt(T - 1), work("b").project("web").queuedAt(T));
    worker.claim("a");
    assertOldest(T);

    worker.nack("a");

    assertOldest(T - 1);
    stop("b");
    assertOldest(T - 1);
    sweepAfter(BACK_OFF);
    assertOldest(T - 1);
  }

  @Test
  void work_put_in_front_or_reprioritised_keeps_its_enqueue_time() {
    enqueue(
        work("a").project("web").queuedAt(T),
        work("b").project("web").queuedAt(T - 1),
        work("c").project("web").needs("gpu").queuedAt(T - 2));
    front("a");
    assertOldest(T - 2);
    front("b");
    front("c");
    assertOldest(T - 2);
    KitWorker worker = worker().can("gpu").register();
    worker.claim("c");
    assertOldest(T - 1);
    worker.nack("c");
    assertOldest(T - 2);
    stop("c");
    assertOldest(T - 1);
    reprioritise("b", 9);
    assertOldest(T - 1);
    stop("b");
    assertOldest(T);
  }

  @Test
  void of_work_put_in_front_the_foremost_are_looked_at() {
    enqueue(work("first").project("web").queuedAt(T - 9).needs("gpu"));
    front("first");
    for (int n = 1; n < ProjectQueue.FRONT_LOOKED_AT; n++) {
      String id = "later-" + n;
      enqueue(n % 2 == 0 ? work(id).project("web") : work(id).project("web").needs("gpu"));
      front(id);
    }
    assertOldest(T - 9);

    enqueue(work("one more").project("web"));
    front("one more");
    assertOldest(T);

    enqueue(work("behind").project("web").queuedAt(T - 1));
    assertOldest(T - 1);
  }

  @Test
  void damaged_work_counts_where_its_place_in_the_order_says_when() {
    String broken = "an-old-" + UUID.randomUUID();
    String fronted = "fronted-" + UUID.randomUUID();
    enqueue(
        work("a").project("web").queuedAt(T),
        work(broken).project("web").queuedAt(T - 1),
        work(fronted).project("web").queuedAt(T - 2));
    front(fronted);
    assertOldest(T - 2);

    damage(broken);
    damage(fronted);

    assertOldest(T - 1);
  }

  @Test
  void every_look_at_a_queue_tells() {
    enqueue(work("a").project("web").queuedAt(T - 1), work("b").project("web").queuedAt(T));

    assertThat(pause("web", 0).oldestQueuedAtMs()).isEqualTo(T - 1);
    assertThat(cap("web", 3).oldestQueuedAtMs()).isEqualTo(T - 1);
    assertThat(resume("web").oldestQueuedAtMs()).isEqualTo(T - 1);
    assertThat(standing("b").queue().oldestQueuedAtMs()).isEqualTo(T - 1);
    assertThat(queues().list(org, null, 1).items()).containsExactly(queueOf("web"));
  }

  private void assertOldest(long queuedAt) {
    assertThat(queueOf("web").oldestQueuedAtMs()).isEqualTo(queuedAt);
  }
}
