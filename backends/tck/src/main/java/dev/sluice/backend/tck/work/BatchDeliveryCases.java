package dev.sluice.backend.tck.work;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchJob.State;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Batch lane". */
abstract class BatchDeliveryCases extends Fixture {

  @Test
  void any_next_poll_of_its_worker_delivers() {
    KitWorker worker = scanner().register();
    add("j", "k");
    worker.takeJobs();
    jump(MOMENT);

    assertThat(worker.poll(0).batch()).isEmpty();

    for (String id : List.of("j", "k")) {
      BatchJob job = foundJob(id);
      assertThat(job.state()).isEqualTo(State.DELIVERED);
      assertThat(job.workerId()).isEqualTo(worker.id());
      assertThat(job.offers()).isEqualTo(1);
      assertThat(job.updatedAtMs()).isEqualTo(clock.now());
    }
    sweepAfter(VISIBILITY);
    assertThat(scanner().register().takeJobs()).isEmpty();
  }

  @Test
  void one_poll_delivers_and_is_offered_more() {
    KitWorker worker = scanner().register();
    add("1", "2", "3", "4", "5", "6", "7");

    assertThat(worker.takeJobs()).containsExactly("1", "2", "3", "4", "5");
    assertThat(worker.takeJobs()).containsExactly("6", "7");

    assertThat(jobState("5")).isEqualTo(State.DELIVERED);
    assertThat(jobState("6")).isEqualTo(State.OFFERED);
    worker.drain();
    assertThat(worker.takeJobs()).isEmpty();
    assertThat(jobState("6")).isEqualTo(State.DELIVERED);
  }

  @Test
  void the_same_request_again_answers_the_same_offers_and_delivers_nothing() {
    KitWorker worker = scanner().register();
    add("j", "k");
    var first = worker.pollJobs("r-1");
    BatchJob offered = foundJob("j");
    add("l");
    jump(MOMENT);

    assertThat(worker.pollJobs("r-1")).isEqualTo(first).hasSize(2);
    worker.drain();
    assertThat(worker.pollJobs("r-1")).isEqualTo(first);

    assertThat(foundJob("j")).isEqualTo(offered);
    assertThat(jobState("l")).isEqualTo(State.WAITING);
  }

  @Test
  void a_repeat_answers_only_what_still_stands() {
    KitWorker worker = scanner().register();
    KitWorker other = scanner().register();
    add("j", "k");
    worker.pollJobs("r-1");
    jump(VISIBILITY);

    assertThat(worker.pollJobs("r-1")).as("the poll ends the offers itself").isEmpty();
    assertThat(other.takeJobs()).containsExactly("j", "k");
    assertThat(worker.pollJobs("r-1")).isEmpty();
    worker.pollJobs("r-2");
    assertThat(jobState("j")).as("with another worker").isEqualTo(State.OFFERED);
  }

  @Test
  void a_poll_whose_worker_asks_for_nothing_is_repeated_with_nothing() {
    KitWorker worker = scanner().register();
    add("j");
    worker.poll("r-1", 0);

    assertThat(worker.pollJobs("r-1")).isEmpty();

    assertThat(jobState("j")).isEqualTo(State.WAITING);
  }

  @Test
  void only_polls_of_its_worker_deliver() {
    KitWorker worker = scanner().register();
    KitWorker other = scanner().register();
    add("j");
    claim(worker, work("a"));
    worker.takeJobs();

    other.takeJobs();
    worker.beat();
    worker.refresh("a");
    worker.claimByName("a");
    workers().register(org, worker.registration());

    assertThat(jobState("j")).isEqualTo(State.OFFERED);
  }

  @Test
  void of_many_polls_of_one_worker_at_once_each_job_is_delivered_or_offered_once() {
    KitWorker worker = scanner().register();
    String[] ids = IntStream.rangeClosed(1, 20).mapToObj(n -> "j" + n).toArray(String[]::new);
    add(ids);

    List<List<String>> taken = Together.all(6, caller -> worker.takeJobs());

    assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrder(ids);
    worker.takeJobs();
    assertThat(ids).allSatisfy(id -> assertThat(jobState(id)).isEqualTo(State.DELIVERED));
  }

  @Test
  void who_polls_in_whatever_dialect_delivers() {
    for (Dialect dialect : Dialect.values()) {
      KitWorker worker = scanner().speaking(dialect).register();
      add("j of " + dialect);
      worker.takeJobs();
      worker.takeJobs();
      assertThat(jobState("j of " + dialect)).isEqualTo(State.DELIVERED);
    }
  }
}
