package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchJob.State;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.BatchOffer;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/rules.md, "Batch lane". */
abstract class BatchCases extends Fixture {

  static List<String> names() {
    return TextCases.names().toList();
  }

  // Adding

  @Test
  void a_job_is_stored_as_it_is_added() {
    NewBatchJob job = new NewBatchJob("j", "h", "{\"é\":\"\ud83d\ude80\\u0000\"}\n ");

    List<BatchAdded> added = batch().add(org, List.of(job));

    assertThat(added).containsExactly(new BatchAdded("j", State.WAITING, false, null));
    assertThat(foundJob("j"))
        .isEqualTo(new BatchJob("j", State.WAITING, 0, null, clock.now(), clock.now(), job.item()));
  }

  @Test
  void the_same_again_answers_where_it_stands_and_changes_nothing() {
    add("j");
    KitWorker worker = scanner().register();
    assertRepeated(State.WAITING);
    worker.takeJobs();
    assertRepeated(State.OFFERED);
    worker.takeJobs();
    assertRepeated(State.DELIVERED);
  }

  @Test
  void a_worker_shows_how_many_jobs_its_last_poll_brought() {
    add("j");
    add("k");
    KitWorker worker = scanner().register();
    assertThat(worker.record().offeredJobs()).isZero();
    worker.takeJobs();
    assertThat(worker.record().offeredJobs()).isEqualTo(2);
    worker.takeJobs();
    assertThat(worker.record().offeredJobs()).isZero();
  }

  private void assertRepeated(State state) {
    BatchJob before = foundJob("j");
    long seq = seq();
    jump(MOMENT);

    List<BatchAdded> again = batch().add(org, List.of(job("j")));

    assertThat(again).containsExactly(new BatchAdded("j", state, true, null));
    assertThat(AnswerLog.last()).isEqualTo(seq);
    assertThat(foundJob("j")).isEqualTo(before);
  }

  @Test
  void other_content_under_its_id_is_refused() {
    add("j");
    BatchJob before = foundJob("j");
    long seq = seq();

    List<BatchAdded> added =
        batch().add(org, List.of(new NewBatchJob("j", "other", "{}"), job("k")));

    assertThat(added)
        .containsExactly(
            new BatchAdded("j", null, false, Refusal.CONFLICT),
            new BatchAdded("k", State.WAITING, false, null));
    assertThat(foundJob("j")).isEqualTo(before);
    assertThat(seq()).isEqualTo(seq + 1);
  }

  @Test
  void each_job_has_a_number_of_its_own_and_a_repeat_none() {
    add("j");
    long before = seq();

    long answered =
        numberOf(() -> batch().add(org, List.of(job("k"), job("j"), job("l"), job("j"))));

    assertThat(answered).isEqualTo(before + 2);
    assertThat(seq()).isEqualTo(before + 2);
    assertThat(batch().add(org, List.of())).isEmpty();
    assertThat(seq()).isEqualTo(before + 2);
  }

  @Test
  void as_many_may_wait_or_be_offered_as_the_lane_holds() {
    openWith(rules().maxBatch(3));
    add("a", "b", "c");
    assertRefused("d");
    KitWorker worker = scanner().register();
    assertThat(worker.takeJobs()).containsExactly("a", "b", "c");
    assertRefused("d");
    assertThat(batch().add(org, List.of(job("a"))).get(0).duplicate()).isTrue();

    worker.takeJobs(); // which delivers them

    add("d");
  }

  @Test
  void a_refused_job_leaves_room_for_no_other() {
    openWith(rules().maxBatch(2));

    List<BatchAdded> added = batch().add(org, List.of(job("a"), job("b"), job("c"), job("a")));

    assertThat(added)
        .extracting(BatchAdded::refusal)
        .containsExactly(null, null, Refusal.QUEUE_FULL, null);
    refused(Refusal.UNKNOWN_JOB, () -> foundJob("c"));
  }

  private void assertRefused(String id) {
    long before = seq();
    assertThat(batch().add(org, List.of(job(id))))
        .containsExactly(new BatchAdded(id, null, false, Refusal.QUEUE_FULL));
    refused(Refusal.UNKNOWN_JOB, () -> foundJob(id));
    assertThat(seq()).isEqualTo(before);
  }

  @Test
  void a_job_of_64_kib_comes_back_byte_for_byte() {
    String item = "\"" + "x".repeat(NewBatchJob.MAX_ITEM_BYTES - 2) + "\"";
    batch().add(org, List.of(new NewBatchJob("j", "h", item)));

    assertThat(scanner().register().pollJobs()).containsExactly(new BatchOffer("j", item));
    assertThat(foundJob("j").item()).isEqualTo(item);
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_job_and_its_worker_may_have_any_name(String name) {
    batch().add(org, List.of(new NewBatchJob(name, name, name)));
    KitWorker worker = scanner().named(name).register();

    assertThat(worker.pollJobs(name)).containsExactly(new BatchOffer(name, name));
    assertThat(worker.pollJobs(name)).containsExactly(new BatchOffer(name, name));
    assertThat(foundJob(name).workerId()).isEqualTo(name);
    worker.deregister();
    sweepAfter(VISIBILITY);
    assertThat(jobState(name)).isEqualTo(State.WAITING);
  }

  @Test
  void a_job_is_no_session_and_a_session_no_job() {
    add("j");
    enqueue(work("j"), work("a"));

    refused(Refusal.UNKNOWN_JOB, () -> foundJob("a"));
    refused(Refusal.UNKNOWN_JOB, () -> foundJob("nowhere"));
    assertCounts(2, 0, 0, 0, 0, 0);
    assertThat(worker().register().beat()).isEqualTo(2);
    stop("j");
    assertThat(jobState("j")).isEqualTo(State.WAITING);
  }

  @Test
  void an_org_has_jobs_of_its_own() {
    String neighbour = newOrg();
    batch().add(neighbour, List.of(new NewBatchJob("j", "other", "{}")));
    add("j");
    KitWorker there = workerOf(neighbour).can(BatchLane.CAPABILITY).register();

    assertThat(scanner().register().pollJobs()).containsExactly(offer("j"));
    assertThat(there.pollJobs()).containsExactly(new BatchOffer("j", "{}"));
    refusal(Refusal.UNKNOWN_JOB, () -> batch().find(newOrg(), "j"));
  }

  // Offering

  @Test
  void a_poll_is_offered_the_oldest_first_as_many_as_a_poll_may_bring() {
    add("c", "a", "b");
    jump(MOMENT);
    add("7", "6", "5", "4");
    KitWorker worker = scanner().register();

    assertThat(worker.takeJobs()).containsExactly("c", "a", "b", "7", "6");

    assertThat(foundJob("c"))
        .isEqualTo(
            new BatchJob(
                "c",
                State.OFFERED,
                1,
                worker.id(),
                clock.now() - 1,
                clock.now(),
                offer("c").item()));
    assertThat(jobState("5")).isEqualTo(State.WAITING);
    assertThat(scanner().register().takeJobs()).containsExactly("5", "4");
  }

  @Test
  void ids_that_grow_in_digits_keep_the_order_of_adding() {
    String[] ids = IntStream.rangeClosed(1, 120).mapToObj(n -> "j" + n).toArray(String[]::new);
    add(ids);
    KitWorker worker = scanner().register();

    for (int n = 0; n < 120; n += 5) {
      assertThat(worker.takeJobs())
          .containsExactly(ids[n], ids[n + 1], ids[n + 2], ids[n + 3], ids[n + 4]);
    }
  }

  @Test
  void only_one_that_asks_and_can_is_offered_any() {
    add("j");

    assertThat(worker().register().takeJobs()).isEmpty();
    assertThat(worker().can("code-survival", "scan").register().takeJobs()).isEmpty();
    assertThat(scanner().register().poll(5).batch()).isEmpty();
    assertThat(worker().can("other", BatchLane.CAPABILITY).register().takeJobs())
        .containsExactly("j");
  }

  @Test
  void a_job_takes_no_slot_and_is_not_counted() {
    KitWorker worker = scanner().capacity(1).register();
    claim(worker, work("a"));
    enqueue(work("b"));
    add("j");
    Counts before = counts();

    PollResult full = poll(worker, 1);

    assertThat(full.work()).isEmpty();
    assertThat(full.batch()).containsExactly(offer("j"));
    assertThat(worker.record().activeSessions()).containsExactly("a");
    assertThat(counts()).isEqualTo(before);
  }

  @Test
  void a_poll_may_bring_work_messages_and_jobs() {
    KitWorker worker = scanner().register();
    claim(worker, work("a"));
    send("a", MessageType.NUDGE, "hello");
    enqueue(work("b"));
    add("j");
    long before = seq();

    PollResult all = poll(worker, 5);

    assertThat(seq()).as("one change").isEqualTo(before + 1);
    assertThat(all.work()).hasSize(1);
    assertThat(all.messages()).hasSize(1);
    assertThat(all.batch()).containsExactly(offer("j"));
  }

  @Test
  void of_many_polls_at_once_each_job_is_offered_to_one() {
    String[] ids = IntStream.rangeClosed(1, 30).mapToObj(n -> "j" + n).toArray(String[]::new);
    add(ids);
    List<KitWorker> workers = IntStream.range(0, 8).mapToObj(n -> scanner().register()).toList();

    List<List<String>> taken = Together.all(8, caller -> workers.get(caller).takeJobs());

    assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrder(ids);
  }

  @Test
  void the_same_from_many_at_once_is_added_once() {
    List<Boolean> duplicates =
        Together.all(8, caller -> batch().add(org, List.of(job("j"))).get(0).duplicate());

    assertThat(duplicates).containsOnlyOnce(false);
    assertThat(scanner().register().takeJobs()).containsExactly("j");
  }

  @Test
  void many_that_add_at_once_never_fill_it_beyond_what_it_holds() {
    openWith(rules().maxBatch(5));

    List<Boolean> let =
        Together.all(
            12, caller -> batch().add(org, List.of(job("j" + caller))).get(0).refusal() == null);

    assertThat(let.stream().filter(in -> in)).hasSize(5);
  }

  @Test
  void a_revoked_worker_is_offered_and_delivers_nothing() {
    String keyId = "key-" + UUID.randomUUID();
    KitWorker worker = scanner().registeredBy(keyId).register();
    add("j", "k");
    worker.takeJobs();
    revoke(keyId);

    refused(Refusal.UNKNOWN_WORKER, worker::takeJobs);

    assertThat(jobState("j")).isEqualTo(State.OFFERED);
    jump(VISIBILITY);
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 2, 0, false));
    assertThat(jobState("j")).isEqualTo(State.WAITING);
  }

  @Test
  void it_goes_on_while_time_passes() {
    add("j");
    sweepAfter(Duration.ofDays(400));

    assertThat(jobState("j")).isEqualTo(State.WAITING);
  }

  private PollResult poll(KitWorker worker, int max) {
    PollRequest request = new PollRequest(worker.ref(), UUID.randomUUID().toString(), max, true);
    return workers().poll(request);
  }

  private static BatchOffer offer(String id) {
    return new BatchOffer(id, job(id).item());
  }
}
