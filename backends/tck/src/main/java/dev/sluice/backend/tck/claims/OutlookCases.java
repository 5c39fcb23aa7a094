package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Poll". */
abstract class OutlookCases extends Fixture {

  // Whose work its worker takes

  @Test
  void one_that_names_no_project_takes_all() {
    assertThat(worker().register().poll(5).takes()).isEqualTo(Projects.ALL);
  }

  @Test
  void one_that_names_some_takes_theirs_and_that_of_none() {
    KitWorker worker = worker().projects("web", "app", "web").register();

    assertThat(worker.poll(5).takes().names()).containsExactly("web", "app", "default");
    assertThat(worker().projects("default").register().poll(5).takes().names())
        .containsExactly("default");
  }

  // Its free slots

  @Test
  void its_free_slots_are_told() {
    KitWorker worker = worker().capacity(2).register();
    assertThat(worker.poll(5).freeSlots()).as("also where there is nothing").isEqualTo(2);
    enqueue(works("a-", 2));

    assertThat(worker.poll(1).freeSlots()).isEqualTo(1);
    assertThat(worker.poll(1).freeSlots()).as("less what this poll claimed").isZero();
    worker.complete("a-001");
    assertThat(worker.poll(0).freeSlots()).isEqualTo(1);
  }

  @Test
  void a_worker_with_more_claims_than_slots_has_none() {
    KitWorker worker = worker().capacity(3).register();
    enqueue(works("a-", 3));
    worker.poll(5);
    worker.beat(3, 1, null);
    assertThat(worker.poll(5).freeSlots()).isZero();
    worker.complete("a-001");

    assertThat(worker.poll(5).freeSlots()).isZero();
  }

  @Test
  void what_a_snake_case_worker_acknowledges_frees_its_slot_for_that_poll() {
    KitWorker worker = worker().speaking(Dialect.SNAKE_CASE).capacity(1);
    worker.register();
    claim(worker, work("a"));
    stop("a");
    assertThat(worker.poll(5).freeSlots()).isZero();

    assertThat(worker.poll(5).freeSlots()).isPositive();
  }

  @Test
  void one_that_drains_has_none() {
    worker.beat(0, null, true);
    assertThat(worker.poll(5).freeSlots()).isZero();
    worker.beat(0, null, false);
    assertThat(worker.poll(5).freeSlots()).isPositive();

    worker.drain();
    assertThat(worker.poll(5).freeSlots()).isZero();
    worker.undrain();
    assertThat(worker.poll(5).freeSlots()).isPositive();
  }

  @Test
  void one_with_64_standing_nacks_has_none() {
    KitWorker worker = worker().capacity(100).register();
    claim(worker, work("kept"));
    enqueue(works("a-", 64));
    nackAll(worker, 63);
    assertThat(worker.poll(0).freeSlots()).isPositive();
    nackAll(worker, 1);

    assertThat(worker.poll(0).freeSlots()).isZero();
    assertThat(worker.poll(5).freeSlots()).isZero();
    jump(BACK_OFF);
    assertThat(worker.poll(0).freeSlots()).isPositive();
  }

  private static void nackAll(KitWorker worker, int count) {
    for (int i = 0; i < count; i++) {
      worker.touch("kept");
      worker.poll(1).work().forEach(each -> worker.nack(each.sessionId()));
    }
  }

  // Whether work is left

  @Test
  void it_says_whether_work_is_left() {
    assertThat(worker.poll(5).more()).isFalse();
    enqueue(works("a-", 3));

    assertThat(worker.poll(0).more()).isTrue();
    assertThat(worker.poll(2).more()).isTrue();
    assertThat(worker.poll(1).more()).as("what it claimed is not left").isFalse();
  }

  @Test
  void work_is_left_whoever_may_take_it() {
    KitWorker worker = worker().projects("web").register();
    enqueue(work("a").project("app").needs("gpu"));
    assertThat(worker.poll(5).more()).isTrue();

    pause("app", 0);
    assertThat(worker.poll(5).more()).as("behind a pause").isTrue();
  }

  @Test
  void returned_work_is_left() {
    claim("a");
    worker.nack("a");

    assertThat(worker.poll(5).more()).isTrue();
  }

  @Test
  void what_is_not_in_order_is_not_left() {
    claim(worker, work("a").issue("i"));
    enqueue(work("parked").issue("i"), work("later").notBefore(clock.now() + 1_000));
    stop("a");

    assertThat(worker.poll(0).more()).isFalse();
    jump(Duration.ofSeconds(1));
    assertThat(worker.poll(0).more()).as("its time came in that very poll").isTrue();
  }

  // A poll that is repeated

  @Test
  void a_repeat_says_how_things_are_by_now() {
    KitWorker worker = worker().capacity(1).register();
    enqueue(works("a-", 2));
    PollResult first = worker.poll("r", 5);
    assertThat(first.freeSlots()).isZero();
    assertThat(first.more()).isTrue();
    worker.complete("a-001");
    stop("a-002");

    PollResult again = worker.poll("r", 5);
    assertThat(again.work()).isEmpty();
    assertThat(again.freeSlots()).isPositive();
    assertThat(again.more()).isFalse();
  }
}
