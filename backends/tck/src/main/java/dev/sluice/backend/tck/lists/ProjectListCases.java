package dev.sluice.backend.tck.lists;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.work.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/rules.md, "Lists": rows without items. */
abstract class ProjectListCases extends Fixture {

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 1_000})
  void the_claimed_of_a_project_are_listed_the_longest_claimed_first(int limit) {
    claim(worker, work("b").project("web"));
    claim(worker, work("elsewhere").project("app"));
    jump(MOMENT);
    claim(worker, work("\ud83d\ude80").project("web"));
    claim(worker, work("\uff61").project("web"));
    stop("b"); // in the grace it is still claimed
    enqueue(work("waiting").project("web"));

    assertThat(ids("web", Place.CLAIMED, limit)).containsExactly("b", "\uff61", "\ud83d\ude80");
    assertThat(ids("app", Place.CLAIMED, limit)).containsExactly("elsewhere");
    assertThat(ids(null, Place.CLAIMED, limit))
        .containsExactly("b", "elsewhere", "\uff61", "\ud83d\ude80");
    assertThat(ids("we", Place.CLAIMED, limit)).isEmpty();
  }

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 1_000})
  void the_dead_letters_of_a_project_are_listed_the_latest_first(int limit) {
    long now = clock.now();
    enqueue(
        work("a").project("web").deadline(now + 1),
        work("b").project("web").deadline(now + 2),
        work("c").project("web").deadline(now + 2),
        work("elsewhere").project("app").deadline(now + 1));
    sweepAfter(MOMENT);
    sweepAfter(MOMENT);

    assertThat(ids("web", Place.DEAD, limit)).containsExactly("c", "b", "a");
    assertThat(ids("app", Place.DEAD, limit)).containsExactly("elsewhere");
    assertThat(ids(null, Place.DEAD, limit)).containsExactly("c", "b", "elsewhere", "a");
  }

  @Test
  void whatever_ends_a_claim_takes_it_from_the_list_of_its_project() {
    worker.register();
    for (String id : List.of("reported", "nacked", "stopped", "requeued", "left", "handed")) {
      claim(worker, work(id).project("web"));
    }
    assertThat(ids("web", Place.CLAIMED, 10)).hasSize(6);

    other.register();
    jump(MOMENT);
    other.takeOver("handed", worker);
    assertThat(ids("web", Place.CLAIMED, 10)).last().isEqualTo("handed");
    worker.complete("reported");
    worker.nack("nacked");
    stop("stopped");
    worker.report("stopped", SessionState.STOPPED);
    requeue("requeued");
    assertThat(ids("web", Place.CLAIMED, 10)).containsExactly("left", "handed");
    worker.deregister();
    other.fail("handed");

    assertThat(ids("web", Place.CLAIMED, 10)).isEmpty();
  }

  @Test
  void a_claim_that_was_lost_is_listed_again_once_it_is_re_attached() {
    claim(worker, work("a").project("web"));
    pass(LEASE.plus(MOMENT));
    assertThat(ids("web", Place.CLAIMED, 10)).isEmpty();

    worker.touch("a");

    assertThat(ids("web", Place.CLAIMED, 10)).containsExactly("a");
  }

  @Test
  void what_is_requeued_or_discarded_is_no_dead_letter_of_its_project() {
    long now = clock.now();
    enqueue(
        work("requeued").project("web").deadline(now + 1),
        work("discarded").project("web").deadline(now + 1),
        work("kept").project("web").deadline(now + 1));
    sweepAfter(MOMENT);
    assertThat(ids("web", Place.DEAD, 10)).hasSize(3);

    requeue("requeued");
    stop("discarded");

    assertThat(ids("web", Place.DEAD, 10)).containsExactly("kept");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"CLAIMED", "DEAD", "ENDED"})
  void a_row_is_the_session_as_it_is_listed_without_its_item(Place place) {
    // What is kept beside an item may be long too.
    String[] needs = new String[30];
    Arrays.setAll(needs, i -> "%03d".formatted(i) + "x".repeat(200));
    KitWorker worker = worker().can(needs).register();
    enqueue(work("a").project("web").needs(needs).deadline(clock.now() + 1));
    if (place == Place.DEAD) {
      sweepAfter(MOMENT);
    } else {
      worker.claim("a");
      claim(worker, work("b").project("web"));
      worker.report("b", SessionState.RUNNING, Map.of("prUrl", "\"u\""));
    }
    if (place == Place.ENDED) {
      worker.complete("a");
      worker.complete("b");
    }
    long last = seq();

    var rows = sessions().rows(org, null, place, null, 10);

    assertThat(AnswerLog.last()).isEqualTo(last);
    List<Session> listed = sessions().list(org, place, null, 10).items();
    assertThat(rows.items())
        .isNotEmpty()
        .isEqualTo(listed.stream().map(Session::withoutItem).toList());
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void a_page_starts_behind_the_previous_one_after_ends() {
    KitWorker worker = worker().capacity(12).register();
    for (int n = 1; n <= 6; n++) {
      claim(worker, work("a-" + n).project("web"));
      claim(worker, work("other-" + n).project("app"));
      jump(MOMENT);
    }
    Page<Session> first = page("web", Place.CLAIMED, null, 3);
    assertThat(first.items()).extracting(Session::id).containsExactly("a-1", "a-2", "a-3");

    worker.complete("a-3");
    worker.complete("a-5");

    Page<Session> second = page("web", Place.CLAIMED, first.next(), 3);
    assertThat(second.items()).extracting(Session::id).containsExactly("a-4", "a-6");
    assertThat(second.next()).isNull();
  }

  @Test
  void damaged_sessions_of_a_project_are_left_out_and_hide_nothing() {
    worker.register();
    for (int n = 1; n <= 4; n++) {
      claim(worker, work("a-" + n).project("web"));
    }
    damage("a-1");
    damage("a-3");

    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(ids("web", Place.CLAIMED, limit)).containsExactly("a-2", "a-4");
    }
  }

  @Test
  void waiting_work_has_no_rows_and_ended_sessions_none_by_project() {
    for (Place place : List.of(Place.READY, Place.PARKED, Place.LATER, Place.RETURNED)) {
      assertThatThrownBy(() -> page(null, place, null, 10))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> page("web", Place.ENDED, null, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> ids(@Nullable String project, Place place, int limit) {
    return Pages.all(limit, (cursor, most) -> page(project, place, cursor, most)).stream()
        .map(Session::id)
        .toList();
  }

  private Page<Session> page(
      @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return sessions().rows(org, project, place, cursor, limit);
  }
}
