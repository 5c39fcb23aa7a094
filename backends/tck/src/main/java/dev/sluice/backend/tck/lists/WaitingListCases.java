package dev.sluice.backend.tck.lists;

import static dev.sluice.backend.tck.WorkBuilder.QUEUED_AT;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class WaitingListCases extends Fixture {

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 1_000})
  void work_in_order_is_listed_across_its_buckets_and_returned_work_with_it(int limit) {
    claim(worker, work("returned").project("web").priority(2));
    worker.nack("returned");
    enqueue(
        work("last").project("web").priority(9),
        work("gpu").project("web").needs("gpu").priority(3).queuedAt(QUEUED_AT + 1),
        work("plain").project("web").priority(3),
        work("first").project("web").needs("gpu").priority(1),
        work("elsewhere").project("app"),
        work("later").project("web").notBefore(clock.now() + 1),
        work("parked").project("web").issue("issue of first").priority(9));
    enqueue(work("front").project("web"));
    front("front");

    assertThat(ids(all("web", Place.READY, limit)))
        .containsExactly("front", "first", "returned", "plain", "gpu", "last");
  }

  @Test
  void an_entry_is_the_session_as_it_is_found() {
    enqueue(works("a-", 3));
    long last = seq();

    var page = queue().list(org, "default", Place.READY, null, 10);

    assertThat(AnswerLog.last()).isEqualTo(last);
    assertThat(page.items())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .containsExactly(session("a-001"), session("a-002"), session("a-003"));
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void ties_are_listed_by_the_bytes_of_their_ids() {
    // In UTF-16 the rocket comes before the half-width mark, in UTF-8 after it.
    enqueue(work("\ud83d\ude80"), work("\uff61"), work("z"), work("B"), work("a"), work("\u00e9"));

    assertThat(ids(all("default", Place.READY, 1)))
        .containsExactly("B", "a", "z", "\u00e9", "\uff61", "\ud83d\ude80");
  }

  @Test
  void parked_work_is_listed_by_score_and_id() {
    enqueue(
        work("best").project("web").issue("i").priority(1),
        work("p-2").project("web").issue("i").priority(2),
        work("p-1b").project("web").issue("i").priority(1).queuedAt(QUEUED_AT + 1),
        work("p-1a").project("web").issue("i").priority(1).queuedAt(QUEUED_AT + 1),
        work("other best").project("web").issue("j").priority(1),
        work("p-3").project("web").issue("j").priority(3),
        work("best elsewhere").project("app").issue("i").priority(1),
        work("elsewhere").project("app").issue("i").priority(4));

    for (int limit : List.of(1, 2, 4, 100)) {
      assertThat(ids(all("web", Place.PARKED, limit)))
          .containsExactly("p-1a", "p-1b", "p-2", "p-3");
    }
    assertThat(ids(all("app", Place.PARKED, 10))).containsExactly("elsewhere");
  }

  @Test
  void later_work_is_listed_by_its_time_and_id() {
    long now = clock.now();
    enqueue(
        work("third").project("web").notBefore(now + 20).priority(1),
        work("second").project("web").notBefore(now + 10).priority(2),
        work("first").project("web").notBefore(now + 10).priority(9),
        work("elsewhere").project("app").notBefore(now + 5),
        work("ready").project("web"));

    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(ids(all("web", Place.LATER, limit))).containsExactly("first", "second", "third");
    }
  }

  @Test
  void a_page_starts_behind_the_previous_one_after_changes() {
    worker.register();
    for (int priority = 1; priority <= 8; priority++) {
      enqueue(work("a-" + priority).project("web").priority(priority));
    }
    Page<Session> first = page("web", Place.READY, null, 4);
    assertThat(ids(first.items())).containsExactly("a-1", "a-2", "a-3", "a-4");

    stop("a-4"); // the cursor's own entry
    assertThat(worker.claimByName("a-2").denial()).isNull();
    stop("a-6");
    reprioritise("a-7", 1); // goes before the cursor: seen no more
    enqueue(
        work("came before").project("web").priority(1),
        work("came after").project("web").priority(6));

    Page<Session> second = page("web", Place.READY, first.next(), 4);
    assertThat(ids(second.items())).containsExactly("a-5", "came after", "a-8");
    assertThat(second.next()).isNull();
  }

  @Test
  void a_cursor_may_stand_among_ties() {
    enqueue(work("\uff61"), work("\ud83d\ude80"), work("a"));
    Page<Session> first = page("default", Place.READY, null, 2);
    assertThat(ids(first.items())).containsExactly("a", "\uff61");
    stop("\uff61");

    assertThat(ids(page("default", Place.READY, first.next(), 2).items()))
        .containsExactly("\ud83d\ude80");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"READY", "PARKED", "LATER"})
  void next_is_null_where_nothing_follows(Place place) {
    switch (place) {
      case PARKED -> {
        enqueue(work("best").issue("i").priority(1));
        enqueue(works("a-", 4, item -> item.issue("i")));
      }
      case LATER -> {
        enqueue(works("a-", 4, item -> item.notBefore(clock.now() + 1)));
      }
      default -> enqueue(works("a-", 4));
    }

    assertThat(Pages.sizes(4, reader("default", place))).containsExactly(4);
    assertThat(Pages.sizes(2, reader("default", place))).containsExactly(2, 2);
    assertThat(Pages.sizes(3, reader("default", place))).containsExactly(3, 1);
    assertThat(Pages.sizes(5, reader("default", place))).containsExactly(4);
    assertThat(Pages.sizes(1, reader("nowhere", place))).containsExactly(0);
  }

  @Test
  void a_page_holds_as_many_as_it_may() {
    enqueue(works("a-", Page.MAX + 1));

    assertThat(Pages.sizes(Page.MAX, reader("default", Place.READY))).containsExactly(Page.MAX, 1);
  }

  @Test
  void damaged_work_is_left_out_and_hides_nothing_behind_it() {
    enqueue(works("a-", 6));
    damage("a-001");
    damage("a-003");
    damage("a-004");
    damage("a-006");

    for (int limit : List.of(1, 2, 3, 6, 100)) {
      assertThat(ids(all("default", Place.READY, limit))).containsExactly("a-002", "a-005");
    }
  }

  @Test
  void a_project_never_heard_of_has_none() {
    enqueue(work("a").project("web"));

    assertThat(all("nowhere", Place.READY, 10)).isEmpty();
    assertThat(all("default", Place.READY, 10)).isEmpty();
    assertThat(all("we", Place.READY, 10)).isEmpty();
    assertThat(all("web", Place.PARKED, 10)).isEmpty();
    assertThat(all("web", Place.LATER, 10)).isEmpty();
  }

  @Test
  void a_paused_queue_is_listed() {
    pause("web", 0);
    enqueue(work("a").project("web"));

    assertThat(ids(all("web", Place.READY, 10))).containsExactly("a");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"CLAIMED", "DEAD", "ENDED"})
  void other_places_are_not_listed_by_project(Place place) {
    assertThatThrownBy(() -> page("web", place, null, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Session> all(String project, Place place, int limit) {
    return Pages.all(limit, reader(project, place));
  }

  private Pages.Reader<Session> reader(String project, Place place) {
    return (cursor, limit) -> page(project, place, cursor, limit);
  }

  private Page<Session> page(String project, Place place, @Nullable Cursor cursor, int limit) {
    return queue().list(org, project, place, cursor, limit);
  }

  private static List<String> ids(List<Session> sessions) {
    return sessions.stream().map(Session::id).toList();
  }
}
