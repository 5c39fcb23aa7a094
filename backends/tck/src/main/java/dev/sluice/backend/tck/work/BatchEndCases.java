package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchJob.State;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.workers.PollRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Batch lane". */
abstract class BatchEndCases extends Fixture {

  private static final Duration KEPT = Duration.ofMillis(RULES.kept().endedMs());

  // The end of an offer

  @Test
  void without_another_poll_it_waits_anew_when_its_visibility_has_passed() {
    KitWorker worker = scanner().register();
    add("j");
    worker.takeJobs();
    jump(VISIBILITY.minus(MOMENT));
    assertThat(sweepStep()).isEqualTo(SweepResult.NOTHING);
    jump(MOMENT);
    long before = seq();

    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 1, 0, false));

    assertThat(seq()).isEqualTo(before + 1);
    BatchJob job = foundJob("j");
    assertThat(job.state()).isEqualTo(State.WAITING);
    assertThat(job.workerId()).isEqualTo(worker.id());
    assertThat(job.updatedAtMs()).isEqualTo(clock.now());
    assertThat(job.offers()).isEqualTo(1);
  }

  @Test
  void a_poll_ends_offers_too() {
    KitWorker worker = scanner().register();
    KitWorker other = scanner().register();
    add("j");
    worker.takeJobs();
    jump(VISIBILITY);

    assertThat(other.takeJobs()).containsExactly("j");

    assertThat(foundJob("j").offers()).isEqualTo(2);
    worker.takeJobs();
    assertThat(jobState("j")).as("its offer to the first is over").isEqualTo(State.OFFERED);
    other.takeJobs();
    assertThat(jobState("j")).isEqualTo(State.DELIVERED);
  }

  @Test
  void a_worker_that_polls_too_late_is_offered_the_job_again() {
    KitWorker worker = scanner().register();
    add("j");
    worker.takeJobs();
    jump(VISIBILITY);

    assertThat(worker.takeJobs()).containsExactly("j");

    assertThat(foundJob("j").offers()).isEqualTo(2);
    assertThat(jobState("j")).isEqualTo(State.OFFERED);
  }

  @Test
  void a_job_waits_again_in_its_old_place() {
    KitWorker worker = scanner().register();
    add("1", "2", "3", "4", "5", "6");
    worker.takeJobs();
    add("7");
    sweepAfter(VISIBILITY);

    assertThat(worker.takeJobs()).containsExactly("1", "2", "3", "4", "5");
    assertThat(worker.takeJobs()).containsExactly("6", "7");
  }

  @Test
  void an_outage_does_not_prolong_it() {
    KitWorker worker = scanner().register();
    add("j");
    worker.takeJobs();
    sweepAfter(LEASE.multipliedBy(3));

    assertThat(jobState("j")).isEqualTo(State.WAITING);
  }

  @Test
  void offered_too_often_it_is_dead() {
    openWith(rules().maxOffers(3));
    KitWorker worker = scanner().register();
    add("j");
    for (int n = 1; n <= 3; n++) {
      assertThat(jobState("j")).isEqualTo(State.WAITING);
      assertThat(worker.takeJobs()).containsExactly("j");
      assertThat(jobState("j")).isEqualTo(State.OFFERED);
      sweepAfter(VISIBILITY);
    }

    BatchJob dead = foundJob("j");
    assertThat(dead.state()).isEqualTo(State.DEAD);
    assertThat(dead.offers()).isEqualTo(3);
    assertThat(dead.updatedAtMs()).isEqualTo(clock.now());
    assertThat(worker.takeJobs()).isEmpty();
    assertThat(batch().add(org, List.of(job("j"))))
        .containsExactly(new BatchAdded("j", State.DEAD, true, null));
  }

  @Test
  void the_last_offer_may_still_be_delivered() {
    openWith(rules().maxOffers(1));
    KitWorker worker = scanner().register();
    add("j");
    worker.takeJobs();
    jump(VISIBILITY.minus(MOMENT));

    worker.takeJobs();

    assertThat(jobState("j")).isEqualTo(State.DELIVERED);
  }

  @Test
  void five_offers_are_the_shipped_most() {
    assertThat(RULES.tries().maxOffers()).isEqualTo(5);
  }

  @Test
  void offers_end_in_steps_the_earliest_first() {
    openWith(rules().dueStep(2));
    for (String id : List.of("c", "b", "a")) {
      KitWorker worker = scanner().register();
      add(id);
      worker.takeJobs();
      jump(id.equals("c") ? MOMENT : Duration.ZERO);
    }
    jump(VISIBILITY);

    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 2, 0, true));

    assertThat(jobState("c")).as("the oldest").isEqualTo(State.WAITING);
    assertThat(jobState("a")).as("the first by bytes").isEqualTo(State.WAITING);
    assertThat(jobState("b")).isEqualTo(State.OFFERED);
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 1, 0, false));
  }

  @Test
  void they_share_the_steps_of_all_that_is_due_and_come_last_at_one_time() {
    openWith(rules().dueStep(1));
    KitWorker worker = scanner().register();
    add("a");
    worker.takeJobs();
    enqueue(work("z").notBefore(clock.now() + RULES.visibilityMs()));
    jump(VISIBILITY);

    assertThat(sweepStep().due()).isEqualTo(1);

    assertSession("z").isReady();
    assertThat(jobState("a")).isEqualTo(State.OFFERED);
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 1, 0, true));
    assertThat(jobState("a")).isEqualTo(State.WAITING);
  }

  // Workers that go

  @Test
  void what_a_worker_that_is_deleted_was_offered_runs_out_of_its_time() {
    KitWorker deregistered = scanner().register();
    KitWorker retired = scanner().on("machine").register();
    add("j");
    deregistered.takeJobs();
    add("k");
    retired.takeJobs();

    deregistered.deregister();
    worker().on("machine").register();

    refused(Refusal.UNKNOWN_WORKER, retired::record);
    assertThat(jobState("j")).isEqualTo(State.OFFERED);
    assertThat(jobState("k")).isEqualTo(State.OFFERED);
    sweepAfter(VISIBILITY);
    assertThat(scanner().register().takeJobs()).containsExactly("j", "k");
  }

  @Test
  void a_worker_that_registers_again_delivers_no_earlier_offers() {
    KitWorker worker = scanner().register();
    add("j");
    worker.takeJobs();
    worker.deregister();
    worker.register();

    assertThat(worker.takeJobs()).isEmpty();

    assertThat(jobState("j")).isEqualTo(State.OFFERED);
  }

  @Test
  void a_later_job_of_that_id_is_delivered_by_its_own_worker_alone() {
    KitWorker first = scanner().register();
    KitWorker second = scanner().register();
    add("j");
    first.pollJobs("r-1");
    jump(VISIBILITY);
    second.takeJobs();
    second.takeJobs(); // which delivers it
    sweepAfter(KEPT);
    add("j");
    assertThat(second.takeJobs()).containsExactly("j");

    assertThat(first.pollJobs("r-1")).isEmpty();
    assertThat(first.takeJobs()).isEmpty();

    assertThat(jobState("j")).isEqualTo(State.OFFERED);
  }

  @Test
  void a_retired_one_delivers_what_it_was_offered() {
    KitWorker worker = scanner().on("machine").register();
    claim(worker, work("a"));
    add("j");
    worker.takeJobs();
    worker().on("machine").register();

    assertThat(worker.takeJobs()).isEmpty();

    assertThat(jobState("j")).isEqualTo(State.DELIVERED);
  }

  // Retention

  @Test
  void what_is_over_is_kept_for_its_time_and_then_gone() {
    openWith(rules().maxOffers(1));
    KitWorker worker = scanner().register();
    add("delivered");
    worker.takeJobs();
    worker.takeJobs();
    add("dead");
    worker.takeJobs();
    sweepAfter(VISIBILITY);
    assertThat(jobState("delivered")).isEqualTo(State.DELIVERED);
    assertThat(jobState("dead")).isEqualTo(State.DEAD);

    jump(KEPT.minus(VISIBILITY).minus(MOMENT));
    assertThat(sweepStep().pruned()).isZero();
    jump(MOMENT);
    assertThat(sweepStep().pruned()).isEqualTo(1);
    refused(Refusal.UNKNOWN_JOB, () -> batch().find(org, "delivered"));
    jump(VISIBILITY.minus(MOMENT));
    assertThat(sweepStep().pruned()).isZero();
    jump(MOMENT);
    assertThat(sweepStep().pruned()).isEqualTo(1);

    refused(Refusal.UNKNOWN_JOB, () -> batch().find(org, "dead"));
    worker.deregister();
    assertNothingLeft();
  }

  @Test
  void its_id_is_free_afterwards() {
    KitWorker worker = scanner().register();
    add("j");
    worker.takeJobs();
    worker.takeJobs();
    sweepAfter(KEPT);

    var again = new NewBatchJob("j", "other", "{}");
    assertThat(batch().add(org, List.of(again)))
        .containsExactly(new BatchAdded("j", State.WAITING, false, null));
    assertThat(foundJob("j").offers()).isZero();
    assertThat(worker.takeJobs()).containsExactly("j");
  }

  @Test
  void they_go_in_steps_the_oldest_first_and_then_by_bytes() {
    openWith(rules().dueStep(2));
    KitWorker worker = scanner().register();
    for (String id : List.of("d", "c", "\ud83d\ude80", "\uff61")) {
      add(id);
      worker.takeJobs();
      if (id.equals("c")) {
        worker.takeJobs();
        jump(MOMENT);
      }
    }
    worker.takeJobs();
    jump(KEPT);

    SweepResult first = sweepStep();

    assertThat(first.pruned()).isEqualTo(2);
    assertThat(first.more()).isTrue();
    refused(Refusal.UNKNOWN_JOB, () -> batch().find(org, "c"));
    refused(Refusal.UNKNOWN_JOB, () -> batch().find(org, "d"));
    assertThat(jobState("\uff61")).isEqualTo(State.DELIVERED);
    assertThat(sweepStep().pruned()).isEqualTo(2);
    assertThat(sweepStep().pruned()).isZero();
  }

  @Test
  void concurrent_sweeps_end_each_offer_and_delete_each_job_once() {
    openWith(rules().dueStep(3));
    String[] ids = IntStream.rangeClosed(1, 40).mapToObj(n -> "j" + n).toArray(String[]::new);
    add(ids);
    for (int n = 0; n < 8; n++) {
      scanner().register().takeJobs();
    }
    jump(VISIBILITY);

    assertThat(sumOf(Together.all(8, caller -> sweepOrg())).due()).isEqualTo(40);

    assertThat(ids).allSatisfy(id -> assertThat(jobState(id)).isEqualTo(State.WAITING));
    KitWorker worker = scanner().register();
    for (int n = 0; n <= 8; n++) {
      worker.takeJobs();
    }
    jump(KEPT);
    assertThat(sumOf(Together.all(8, caller -> sweepOrg())).pruned()).isEqualTo(40);
  }

  @Test
  void waiting_and_offered_jobs_are_left_and_named() {
    KitWorker worker = scanner().register();
    add("j");
    worker.takeJobs();
    worker.deregister();
    assertThat(leftovers()).as("of an offered job").isNotEmpty();
    sweepAfter(KEPT);
    assertThat(leftovers()).as("of a waiting job").isNotEmpty();
    KitWorker next = scanner().register();
    next.takeJobs();
    workers().poll(new PollRequest(next.ref(), UUID.randomUUID().toString(), 0));
    next.deregister();
    assertThat(leftovers()).as("of a job that is over").isNotEmpty();

    sweepAfter(KEPT);

    assertNothingLeft();
  }

  private SweepResult sweepOrg() {
    SweepResult all = sweepStep();
    for (SweepResult step = all; step.more(); all = all.and(step)) {
      step = sweepStep();
    }
    return all;
  }

  private static SweepResult sumOf(List<SweepResult> results) {
    return results.stream().reduce(SweepResult.NOTHING, SweepResult::and);
  }
}
