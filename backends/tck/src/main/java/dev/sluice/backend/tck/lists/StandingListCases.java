package dev.sluice.backend.tck.lists;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class StandingListCases extends Fixture {

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 1_000})
  void an_entry_is_where_its_session_stands_without_its_item(int limit) {
    fill();
    long last = seq();

    for (Place place : List.of(Place.READY, Place.RETURNED, Place.PARKED, Place.LATER)) {
      List<Standing> expected =
          queue().list(org, "web", place, null, 10).items().stream()
              .map(session -> withoutItem(standing(session.id())))
              .toList();
      assertThat(expected).as(place.wire()).isNotEmpty();
      assertThat(all("web", place, limit)).as(place.wire()).isEqualTo(expected);
    }
    assertThat(numberOf(() -> queue().standings(org, "web", Place.READY, null, limit)))
        .isEqualTo(last);
    assertThat(seq()).isEqualTo(last);
  }

  private static Standing withoutItem(Standing standing) {
    return new Standing(
        standing.session().withoutItem(),
        standing.behind(),
        standing.behindClaimed(),
        standing.queue());
  }

  /** Fills all waiting places, and adds work of another project. */
  private void fill() {
    worker.register();
    for (String id : List.of("returned", "returned too", "elsewhere")) {
      claim(worker, work(id).project(id.equals("elsewhere") ? "app" : "web").priority(2));
      worker.nack(id);
    }
    claim(worker, work("holds j").project("web").issue("j"));
    enqueue(
        work("best").project("web").issue("i").priority(1),
        work("gpu").project("web").needs("gpu").priority(3),
        work("last").project("web").priority(9),
        work("behind best").project("web").issue("i").priority(4),
        work("behind claimed").project("web").issue("j"),
        work("later").project("web").notBefore(clock.now() + 10),
        work("later still").project("web").notBefore(clock.now() + 20),
        work("of another").project("app"));
    pause("web", 0);
  }

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 1_000})
  void returned_work_is_listed_by_itself_too(int limit) {
    fill();

    assertThat(ids("web", Place.RETURNED, limit)).containsExactly("returned", "returned too");
    assertThat(queue().list(org, "web", Place.RETURNED, null, 10).items())
        .containsExactly(session("returned"), session("returned too"));
    assertThat(ids("app", Place.RETURNED, limit)).containsExactly("elsewhere");
  }

  @Test
  void when_its_back_off_is_over_work_is_listed_as_returned_no_more() {
    fill();

    pass(BACK_OFF.plus(MOMENT));

    assertThat(ids("web", Place.RETURNED, 10)).isEmpty();
    assertThat(ids("web", Place.READY, 10)).contains("returned", "returned too");
  }

  @Test
  void a_page_of_standings_goes_on_where_the_one_before_ended() {
    enqueue(works("a-", 5));
    Page<Standing> first = page("default", Place.READY, null, 2);
    stop("a-002");
    stop("a-003");

    Page<Standing> second = page("default", Place.READY, first.next(), 2);

    assertThat(second.items())
        .extracting(Standing::session)
        .extracting(Session::id)
        .containsExactly("a-004", "a-005");
    assertThat(second.items())
        .extracting(Standing::session)
        .extracting(Session::position)
        .containsExactly(2, 3);
    assertThat(second.next()).isNull();
  }

  @Test
  void damaged_work_is_left_out_of_the_standings_and_hides_nothing_behind_it() {
    enqueue(works("a-", 4));
    damage("a-001");
    damage("a-003");

    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(ids("default", Place.READY, limit)).containsExactly("a-002", "a-004");
    }
  }

  @Test
  void a_project_never_heard_of_has_no_standings() {
    assertThat(all("nowhere", Place.READY, 10)).isEmpty();
    assertThat(all("nowhere", Place.RETURNED, 10)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"CLAIMED", "DEAD", "ENDED"})
  void sessions_that_no_longer_wait_have_no_standings(Place place) {
    assertThatThrownBy(() -> page("web", place, null, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> ids(String project, Place place, int limit) {
    return all(project, place, limit).stream().map(standing -> standing.session().id()).toList();
  }

  private List<Standing> all(String project, Place place, int limit) {
    return Pages.all(limit, (cursor, most) -> page(project, place, cursor, most));
  }

  private Page<Standing> page(String project, Place place, @Nullable Cursor cursor, int limit) {
    return queue().standings(org, project, place, cursor, limit);
  }
}
