package dev.sluice.backend.tck.lists;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Page;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class WorkerListCases extends Fixture {

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 4, 1_000})
  void workers_are_listed_by_registration_time_and_the_bytes_of_their_ids(int limit) {
    worker().named("z").register();
    jump(MOMENT);
    worker().named("\ud83d\ude80").register();
    worker().named("\uff61").register();
    jump(MOMENT);
    worker().named("a").register();

    assertThat(ids(all(limit))).containsExactly("z", "\uff61", "\ud83d\ude80", "a");
  }

  @Test
  void an_entry_is_the_record_as_it_is_found() {
    KitWorker busy = worker().capacity(2).projects("web").can("gpu").register();
    KitWorker drained = worker().register();
    claim(busy, work("b").project("web"));
    claim(busy, work("a").project("web"));
    busy.beat(2, 7, true);
    drained.drain();
    long last = seq();

    var page = workers().list(org, null, 10);

    assertThat(AnswerLog.last()).isEqualTo(last);
    assertThat(page.items()).containsExactlyInAnyOrder(busy.record(), drained.record());
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void workers_with_large_registrations_are_listed_in_pages_that_fit() {
    String details = "\"" + "x".repeat(60 * 1024) + "\"";
    for (int n = 0; n < 80; n++) {
      String id = String.format("w%02d", n);
      workers()
          .register(
              org,
              new Registration(
                  id, "k", Dialect.STANDARD, "h", 1, Projects.ALL, List.of(), false, details));
    }

    Pages.Reader<Worker> reader = (cursor, limit) -> workers().list(org, cursor, limit);

    assertThat(Pages.sizes(1_000, reader)).hasSize(2).allMatch(size -> size < 72);
    assertThat(ids(Pages.all(1_000, reader))).hasSize(80).isSorted();
  }

  @Test
  void silent_workers_are_listed_and_deregistered_ones_are_not() {
    KitWorker silent = worker().register();
    KitWorker gone = worker().register();
    pass(LEASE);
    gone.deregister();

    assertThat(all(10)).containsExactly(silent.record());
    assertThat(all(10).get(0).silent()).isTrue();
  }

  @Test
  void to_register_again_keeps_the_place_in_the_list() {
    worker.register();
    jump(MOMENT);
    other.register();
    jump(MOMENT);

    worker.register();

    assertThat(ids(all(10))).containsExactly(worker.id(), other.id());
  }

  @Test
  void a_page_starts_behind_the_previous_one_after_changes() {
    List<KitWorker> workers =
        IntStream.range(0, 6)
            .mapToObj(
                n -> {
                  jump(MOMENT);
                  return worker().named("w-" + n).register();
                })
            .toList();
    Page<Worker> first = page(null, 3);
    assertThat(ids(first.items())).containsExactly("w-0", "w-1", "w-2");

    workers.get(2).deregister();
    workers.get(4).deregister();
    workers.get(0).deregister();
    jump(MOMENT);
    workers.get(0).register(); // as a new one, so it comes last

    Page<Worker> second = page(first.next(), 10);
    assertThat(ids(second.items())).containsExactly("w-3", "w-5", "w-0");
    assertThat(second.next()).isNull();
  }

  @Test
  void next_is_null_where_nothing_follows() {
    assertThat(Pages.sizes(1, this::page)).containsExactly(0);
    for (int n = 0; n < 4; n++) {
      worker().register();
    }

    assertThat(Pages.sizes(4, this::page)).containsExactly(4);
    assertThat(Pages.sizes(2, this::page)).containsExactly(2, 2);
    assertThat(Pages.sizes(3, this::page)).containsExactly(3, 1);
  }

  private List<Worker> all(int limit) {
    return Pages.all(limit, this::page);
  }

  private Page<Worker> page(@Nullable Cursor cursor, int limit) {
    return workers().list(org, cursor, limit);
  }

  private static List<String> ids(List<Worker> workers) {
    return workers.stream().map(worker -> worker.registration().workerId()).toList();
  }
}
