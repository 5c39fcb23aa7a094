package dev.sluice.backend.tck.claims;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Choice of work". */
abstract class CapacityCases extends Fixture {

  @Test
  void a_poll_brings_at_most_five() {
    enqueue(works("a-", 12));

    assertThat(worker().capacity(12).register().take(100)).hasSize(5);
  }

  @Test
  void a_poll_brings_no_more_than_asked_for() {
    enqueue(works("a-", 12));

    assertThat(worker().register().take(2)).containsExactly("a-001", "a-002");
  }

  @Test
  void a_poll_for_none_brings_none() {
    enqueue(work("a"));

    assertThat(worker().register().take(0)).isEmpty();
    assertSession("a").isReady();
  }

  @Test
  void a_poll_brings_no_more_than_there_are_free_slots() {
    enqueue(works("a-", 12));
    KitWorker worker = worker().capacity(7).register();

    assertThat(worker.take(5)).hasSize(5);
    assertThat(worker.take(5)).hasSize(2);
    assertThat(worker.take(5)).isEmpty();
    assertThat(worker.activeSessions()).hasSize(7);
  }

  @Test
  void an_end_frees_a_slot() {
    enqueue(works("a-", 3));
    KitWorker worker = worker().capacity(1).register();
    worker.claim("a-001");

    worker.complete("a-001");

    assertThat(worker.take(5)).containsExactly("a-002");
  }

  @Test
  void finalizing_frees_no_slot() {
    enqueue(works("a-", 3));
    KitWorker worker = worker().capacity(1).register();
    worker.claim("a-001");

    worker.report("a-001", SessionState.FINALIZING);

    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void a_nack_frees_a_slot() {
    enqueue(works("a-", 3));
    KitWorker worker = worker().capacity(1).register();
    worker.claim("a-001");

    worker.nack("a-001");

    assertThat(worker.take(5)).containsExactly("a-002");
  }

  @Test
  void a_heartbeat_may_raise_and_lower_the_capacity() {
    enqueue(works("a-", 12));
    KitWorker worker = worker().capacity(1).register();
    worker.claim("a-001");

    worker.beat(1, 3, null);
    assertThat(worker.take(5)).containsExactly("a-002", "a-003");

    worker.beat(3, 2, null);
    worker.complete("a-001");
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void what_a_worker_says_it_runs_is_no_measure() {
    enqueue(works("a-", 3));
    KitWorker worker = worker().capacity(2).register();

    worker.beat(2, null, null);

    assertThat(worker.take(5)).hasSize(2);
  }

  @Test
  void many_polls_at_once_never_fill_one_worker_beyond_its_capacity() {
    enqueue(works("a-", 100));
    KitWorker worker = worker().capacity(10).register();

    List<List<String>> taken = Together.all(16, caller -> worker.take(5));

    assertThat(taken.stream().flatMap(List::stream)).hasSize(10).doesNotHaveDuplicates();
    assertThat(worker.activeSessions()).hasSize(10);
    assertThat(counts().claimed()).isEqualTo(10);
    assertThat(counts().ready()).isEqualTo(90);
  }

  @Test
  void many_workers_at_once_get_every_item_exactly_once() {
    WorkBuilder[] items = works("a-", 400);
    enqueue(items);
    List<KitWorker> workers =
        Stream.generate(() -> worker().capacity(3).register()).limit(16).toList();

    List<List<String>> done =
        Together.all(16, caller -> workUntilNothingIsLeft(workers.get(caller)));

    assertThat(done.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(Stream.of(items).map(WorkBuilder::id).toList());
    assertThat(counts().waiting()).isZero();
    assertThat(counts().claimed()).isZero();
  }

  private static List<String> workUntilNothingIsLeft(KitWorker worker) {
    List<String> done = new ArrayList<>();
    for (List<String> some = worker.take(5); !some.isEmpty(); some = worker.take(5)) {
      assertThat(some).hasSizeLessThanOrEqualTo(3);
      assertThat(worker.activeSessions()).hasSameSizeAs(some);
      for (String id : some) {
        worker.complete(id);
      }
      done.addAll(some);
    }
    return done;
  }
}
