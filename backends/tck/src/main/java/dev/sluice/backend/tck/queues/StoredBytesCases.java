package dev.sluice.backend.tck.queues;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Bounds". */
abstract class StoredBytesCases extends Fixture {

  private static final long LIMIT = 100_000;

  /** Shorter than what sweeps take for an outage. */
  private static final Duration BEAT = Duration.ofSeconds(10);

  @Test
  void every_kind_counts_as_long_as_it_is_stored() {
    KitWorker worker = worker().can("x", "yé").register();
    long bytes = StoredBytes.of(worker.registration());
    assertThat(stored()).isEqualTo(bytes);

    String quota = "a\u001fcodéx\u001f\u001f0\u001f\u001f\u001f\u001f";
    worker.beat(new Heartbeat(0, null, null).reporting(quota));
    assertThat(stored()).as("accounts").isEqualTo(bytes + StoredBytes.ofQuota(quota));
    worker.beat(new Heartbeat(0, null, null).reporting(""));
    assertThat(stored()).isEqualTo(bytes);
    worker.beat(new Heartbeat(0, null, null).reporting(quota));
    bytes += StoredBytes.ofQuota(quota);

    WorkBuilder item = work("a").needs("x", "yé").item("{\"prompt\":\"é\uFF21\uD83D\uDE00\"}");
    claim(worker, item);
    bytes += StoredBytes.of(item.build());
    assertThat(stored()).as("work").isEqualTo(bytes);

    send("a", MessageType.NUDGE, "first");
    send("a", MessageType.DIRECTIVE, "sécond");
    long both = StoredBytes.ofMessage("first") + StoredBytes.ofMessage("sécond");
    assertThat(stored()).as("messages").isEqualTo(bytes + both);
    ackForOrg(inbox("a").get(0));
    assertThat(stored()).isEqualTo(bytes + StoredBytes.ofMessage("first"));

    worker.complete("a");
    assertThat(stored()).as("an archive").isEqualTo(bytes + StoredBytes.ofMessage("first"));

    add("job");
    bytes += StoredBytes.of(job("job"));
    enqueue(work("b").bearing("key", 0, "body"));
    bytes += StoredBytes.of(work("b").build()) + StoredBytes.LINE;
    assertThat(stored()).isEqualTo(bytes + StoredBytes.ofMessage("first"));

    worker.deregister();
    bytes -= StoredBytes.of(worker.registration()) + StoredBytes.ofQuota(quota);
    assertThat(stored()).isEqualTo(bytes + StoredBytes.ofMessage("first"));
  }

  @Test
  void what_the_last_call_of_a_replaced_worker_adds_goes_with_it() {
    enqueue(work("a"));
    KitWorker first = worker().on("m").register();
    first.claim("a");
    KitWorker second = worker().on("m").register();
    jump(BEAT);
    first.beat(Heartbeat.holding(List.of()).reporting("x"));
    jump(BEAT);
    first.beat(Heartbeat.holding(List.of()).reporting("x and more"));
    refused(Refusal.UNKNOWN_WORKER, first::record);

    second.deregister();
    assertThat(stored()).isEqualTo(StoredBytes.of(work("a").build()));
  }

  @Test
  void activities_count_until_later_ones_take_their_place() {
    openWith(rules().lines(2, 100));
    claim("a");
    long before = stored();

    worker.tell("a", "thought", "one");
    worker.tell("a", "thought", "two and more");
    assertThat(stored() - before)
        .isEqualTo(
            StoredBytes.ofActivity("thought", "one")
                + StoredBytes.ofActivity("thought", "two and more"));
    worker.tell("a", "response", "three");
    assertThat(stored() - before)
        .isEqualTo(
            StoredBytes.ofActivity("thought", "two and more")
                + StoredBytes.ofActivity("response", "three"));
  }

  @Test
  void nothing_is_left_when_all_has_ended_and_was_kept_long_enough() {
    claim("a");
    worker.tell("a", "thought", "one");
    send("a", MessageType.NUDGE, "unread");
    worker.complete("a");
    requeue("a");
    worker.claim("a");
    send("a", MessageType.NUDGE, "unread again");
    stop("a");
    worker.report("a", SessionState.STOPPED);
    enqueue(work("b").bearing("key", 0, "body").deadline(clock.now() + 1));
    add("job");
    KitWorker scanner = scanner().register();
    scanner.takeJobs();
    scanner.takeJobs();
    scanner.deregister();
    worker.deregister();
    for (int days = 0; days < 40; days++) {
      sweepAfter(Duration.ofDays(1));
      sweep();
    }

    assertThat(counts().dead()).isZero();
    assertThat(stored()).isZero();
  }

  @Test
  void work_is_refused_beyond_the_limit_and_what_is_live_goes_on() {
    openWith(rules().maxBytes(LIMIT));
    worker.register();
    fill();

    withoutTrace(
        () ->
            assertThat(offer(large("more"), large("fill-0")))
                .extracting(Enqueued::refusal)
                .containsExactly(Refusal.STORE_FULL, null));

    worker().register();
    assertThat(worker.take(5)).hasSize(5);
    send("fill-0", MessageType.DIRECTIVE, "go on");
    worker.nack("fill-1");
    stop("fill-2");
    worker.report("fill-2", SessionState.STOPPED);
    worker.fail("fill-3");
    requeue("fill-3");
    assertRefused(Refusal.STORE_FULL, large("more"));
    assertThat(ackForOrg(inbox("fill-0").get(0))).isTrue();
  }

  @Test
  void of_one_call_what_fits_goes_in() {
    openWith(rules().maxBytes(LIMIT));

    List<Enqueued> results =
        offer(large("a"), work("b").item("x".repeat(200_000)), large("c"), large("a"));

    assertThat(results)
        .extracting(Enqueued::refusal)
        .containsExactly(null, Refusal.STORE_FULL, null, null);
  }

  @Test
  void a_job_beyond_the_limit_is_refused() {
    openWith(rules().maxBytes(LIMIT));
    NewBatchJob large = new NewBatchJob("large", "content", "x".repeat(60_000));
    NewBatchJob larger = new NewBatchJob("larger", "content", "x".repeat(60_000));

    assertThat(batch().add(org, List.of(large, larger, large)))
        .extracting(BatchAdded::refusal)
        .containsExactly(null, Refusal.STORE_FULL, null);
  }

  @Test
  void messages_and_activities_are_refused_beyond_the_limit_but_no_stop() {
    openWith(rules().maxBytes(LIMIT));
    fill();
    worker.claim("fill-0");
    String text = "x".repeat(10_000);
    while (stored() + StoredBytes.ofMessage(text) <= LIMIT) {
      send("fill-0", MessageType.NUDGE, text);
    }

    refused(Refusal.STORE_FULL, () -> send("fill-0", MessageType.NUDGE, text));
    refused(Refusal.STORE_FULL, () -> worker.tell("fill-0", "thought", text));
    assertThat(stop("fill-0").session().state()).isEqualTo(SessionState.STOPPED);
    worker.report("fill-0", SessionState.STOPPED);
  }

  @Test
  void a_full_store_leaves_a_worker_that_beats_its_claims_and_takes_messages_once_there_is_room() {
    openWith(rules().maxBytes(LIMIT));
    worker.register();
    fill();
    List<String> held = worker.take(5);
    held.forEach(worker::start);
    String last = held.get(4);
    String text = "x".repeat(10_000);
    while (stored() + StoredBytes.ofMessage(text) <= LIMIT) {
      send(last, MessageType.NUDGE, text);
    }
    for (int beats = 0; beats < 2 * RULES.leaseMs() / BEAT.toMillis(); beats++) {
      sweepAfter(BEAT);
      worker.beat();
    }
    assertThat(worker.activeSessions()).isEqualTo(held);
    refused(Refusal.STORE_FULL, () -> send(last, MessageType.DIRECTIVE, text));

    worker.ack(worker.read().get(0));
    Message urgent = send(last, MessageType.DIRECTIVE, text);

    assertThat(worker.read()).contains(urgent);
  }

  @Test
  void a_worker_beyond_the_limit_is_refused() {
    openWith(rules().maxBytes(1_000));
    assertThat(upkeep().bounds().maxBytes()).isEqualTo(1_000);
    worker().register();
    worker().register();

    KitWorker third = worker();
    refused(Refusal.STORE_FULL, third::register);
  }

  @Test
  void what_is_over_gives_way() {
    openWith(rules().maxBytes(LIMIT));
    worker.register();
    fill();
    for (int n = 0; n < 8; n++) {
      worker.claim("fill-" + n);
      worker.report("fill-" + n, SessionState.COMPLETED);
      jump(MOMENT);
    }
    assertRefused(Refusal.STORE_FULL, large("more"));

    sweep();

    assertThat(stored()).isBetween(LIMIT / 10 * 5, LIMIT / 10 * 7);
    refused(Refusal.UNKNOWN_SESSION, () -> session("fill-0"));
    assertSession("fill-7").is(Place.ENDED, SessionState.COMPLETED);
    enqueue(large("more"));
  }

  @Test
  void many_at_once_never_store_too_much() {
    openWith(rules().maxBytes(LIMIT));

    List<Enqueued> results =
        Together.all(32, caller -> queue().enqueue(org, List.of(large("a-" + caller).build())))
            .stream()
            .flatMap(List::stream)
            .toList();

    assertThat(results).filteredOn(result -> result.refusal() == null).hasSize(8);
    assertThat(stored()).isLessThanOrEqualTo(LIMIT / 10 * 9);
  }

  @Test
  void of_too_many_keys_the_oldest_go() {
    openWith(rules().maxKeys(2));
    for (int n = 0; n < 4; n++) {
      enqueue(work("a-" + n).bearing("key-" + n, 0, "body"));
      jump(MOMENT);
    }
    sweep();

    assertThat(offer(work("b").bearing("key-3", 0, "body")).get(0).replayed()).isTrue();
    assertThat(offer(work("b").bearing("key-1", 0, "body")).get(0).replayed()).isFalse();
  }

  /** About a tenth of the limit each. */
  private void fill() {
    for (int n = 0; offer(large("fill-" + n)).get(0).refusal() == null; n++) {
      assertThat(stored()).isLessThanOrEqualTo(LIMIT);
    }
  }

  private static WorkBuilder large(String id) {
    return work(id).item("x".repeat(10_000));
  }

  private long stored() {
    return queue().storedBytes(org);
  }
}
