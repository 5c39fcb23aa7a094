package dev.sluice.backend.tck.work;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.DeadReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Due entries". */
abstract class DueCases extends Fixture {

  private static final Duration WHILE = Duration.ofMinutes(10);

  @Test
  void a_poll_handles_at_most_64_entries() {
    int many = RULES.dueStep() + 10;
    long time = clock.now() + 1_000;
    enqueue(works("a-", many, item -> item.notBefore(time)));
    worker.register();
    jump(Duration.ofMillis(1_000));

    worker.take(0);
    assertThat(counts()).isEqualTo(new Counts(RULES.dueStep(), 0, 10, 0, 0, 0));
    worker.take(0);
    assertThat(counts()).isEqualTo(new Counts(many, 0, 0, 0, 0, 0));
  }

  @Test
  void at_one_time_kinds_go_in_their_order_and_then_the_bytes_of_names() {
    openWith(rules().dueStep(1));
    long time = clock.now() + BACK_OFF.toMillis();
    claim("a");
    worker.nack("a");
    pause("a", time);
    pause("A", time);
    enqueue(
        work("z1").notBefore(time).priority(9),
        work("z0").deadline(time).priority(9),
        work("\ud83d\ude80").notBefore(time).priority(9),
        work("\uff61").notBefore(time).priority(9));
    jump(BACK_OFF);

    sweepStep();
    assertSession("z1").isReady();
    assertSession("\uff61").isLater();
    sweepStep();
    assertSession("\uff61").isReady();
    assertSession("\ud83d\ude80").isLater();
    sweepStep();
    assertSession("\ud83d\ude80").isReady();
    assertSession("z0").isReady();
    sweepStep();
    assertSession("z0").isDead(DeadReason.DEADLINE);
    assertSession("a").isReturned();
    sweepStep();
    assertSession("a").isReady();
    assertThat(queueOf("A").open()).isFalse();
    sweepStep();
    assertThat(queueOf("A").open()).isTrue();
    assertThat(queueOf("a").open()).isFalse();
    sweepStep();
    assertThat(queueOf("a").open()).isTrue();
    assertThat(sweepStep()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void what_becomes_due_at_one_time_goes_later_before_deadline() {
    long time = clock.now() + 1_000;
    enqueue(work("a").notBefore(time).deadline(time));
    jump(Duration.ofMillis(1_000));

    assertThat(sweepStep().due()).isEqualTo(2);

    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void what_handling_one_entry_takes_away_is_not_counted() {
    claim(worker, work("a").deadline(clock.now() + BACK_OFF.toMillis() - 1));
    worker.nack("a");
    enqueue(work("b").deadline(clock.now() + 1_000).notBefore(clock.now() + 2_000));
    jump(BACK_OFF);

    assertThat(sweepStep().due()).isEqualTo(2);

    assertSession("a").isDead(DeadReason.DEADLINE);
    assertSession("b").isDead(DeadReason.DEADLINE);
  }

  @Test
  void a_poll_looks_for_work_after_what_is_due_is_handled() {
    long time = clock.now() + BACK_OFF.toMillis();
    claim("nacked");
    worker.nack("nacked");
    enqueue(
        work("dead").deadline(time).priority(1),
        work("later").notBefore(time).priority(2),
        work("paused").project("web").priority(4));
    pause("web", time);
    jump(BACK_OFF);

    assertThat(worker.take(5)).containsExactly("later", "nacked", "paused");
    assertSession("dead").isDead(DeadReason.DEADLINE);
  }

  @Test
  void a_poll_of_a_draining_worker_handles_due_entries() {
    KitWorker worker = worker().draining().register();
    enqueue(work("a").notBefore(clock.now() + 1_000));
    jump(Duration.ofMillis(1_000));

    worker.poll("r-1", 0);
    assertSession("a").isReady();
    enqueue(work("b").notBefore(clock.now() + 1_000));
    jump(Duration.ofMillis(1_000));
    worker.poll("r-1", 0);

    assertSession("b").as("by a repeated poll too").isReady();
  }

  @Test
  void other_calls_handle_nothing_that_is_due() {
    worker.register();
    enqueue(work("a").notBefore(clock.now() + 1_000), work("b").deadline(clock.now() + 1_000));
    jump(Duration.ofMillis(1_000));

    worker.beat();
    enqueue(work("c"));
    worker.claimByName("c");
    worker.complete("c");

    assertSession("a").isLater();
    assertSession("b").isReady();
  }

  @Test
  void many_sweeps_and_polls_at_once_handle_each_entry_once() {
    enqueue(works("a-", 100, item -> item.notBefore(clock.now() + 1_000)));
    List<KitWorker> workers = fleet(4);
    jump(WHILE);
    long before = seq();

    List<Integer> handled =
        Together.all(
            8,
            caller -> {
              if (caller % 2 == 0) {
                return sweepStep().due();
              }
              workers.get(caller / 2).take(0);
              return 0;
            });

    assertThat(handled.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(100);
    assertCounts(100, 0, 0, 0, 0, 0);
    assertThat(seq()).isLessThanOrEqualTo(before + 8);
  }

  @Test
  void damaged_records_hold_up_nothing_that_is_due_behind_them() {
    openWith(rules().dueStep(2));
    for (WorkBuilder item : works("a-", 6)) {
      enqueue(
          item.notBefore(clock.now() + 1_000),
          work(item.id() + "-d").deadline(clock.now() + 1_000));
    }
    for (int n = 1; n <= 5; n++) {
      damage("a-00" + n);
      damage("a-00" + n + "-d");
    }
    jump(Duration.ofMillis(1_000));

    SweepResult first = sweepStep();
    sweep();

    assertThat(first.due()).as("damaged ones aren't counted").isEqualTo(2);
    assertSession("a-006").isReady();
    assertSession("a-006-d").isDead(DeadReason.DEADLINE);
    assertCounts(6, 0, 5, 0, 0, 1);
  }
}
