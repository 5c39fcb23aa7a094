package dev.sluice.backend.tck.lists;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class SessionListCases extends Fixture {

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 4, 1_000})
  void claimed_sessions_are_listed_the_longest_claimed_first(int limit) {
    enqueue(work("b").priority(1), work("\ud83d\ude80"), work("\uff61"), work("a").priority(9));
    worker.claim("b");
    jump(MOMENT);
    assertThat(worker.take(2)).hasSize(2);
    jump(MOMENT);
    worker.claim("a");
    stop("b"); // in the grace it is still claimed
    enqueue(work("waiting"));

    assertThat(ids(all(Place.CLAIMED, limit))).containsExactly("b", "\uff61", "\ud83d\ude80", "a");
  }

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 4, 1_000})
  void ended_sessions_are_listed_the_latest_first(int limit) {
    enqueue(work("b"), work("\ud83d\ude80"), work("\uff61"), work("a"));
    takeAll(worker, 4);
    worker.complete("b");
    jump(MOMENT);
    worker.fail("\uff61");
    worker.complete("\ud83d\ude80");
    jump(MOMENT);
    stop("a");
    worker.report("a", SessionState.STOPPED);

    assertThat(ids(all(Place.ENDED, limit))).containsExactly("a", "\ud83d\ude80", "\uff61", "b");
  }

  @Test
  void a_released_session_stands_by_the_time_of_its_stop() {
    enqueue(work("stopped"), work("other"));
    takeAll(worker, 2);
    stop("stopped");
    jump(MOMENT);
    worker.complete("other");
    assertThat(ids(all(Place.ENDED, 10))).containsExactly("other");
    jump(MOMENT);
    worker.report("stopped", SessionState.STOPPED);

    assertThat(ids(all(Place.ENDED, 1))).containsExactly("other", "stopped");
  }

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 1_000})
  void dead_letters_are_listed_the_latest_first(int limit) {
    long now = clock.now();
    enqueue(
        work("a").deadline(now + 1),
        work("\ud83d\ude80").deadline(now + 2),
        work("\uff61").deadline(now + 2),
        work("alive"));
    sweepAfter(MOMENT);
    sweepAfter(MOMENT);

    assertThat(ids(all(Place.DEAD, limit))).containsExactly("\ud83d\ude80", "\uff61", "a");
    assertThat(all(Place.ENDED, limit)).isEmpty();
  }

  @Test
  void a_discarded_letter_is_listed_among_the_ended_by_the_time_of_it() {
    enqueue(work("a").deadline(clock.now() + 1), work("b"));
    sweepAfter(MOMENT);
    stop("b");
    jump(MOMENT);
    stop("a");

    assertThat(all(Place.DEAD, 10)).isEmpty();
    assertThat(ids(all(Place.ENDED, 1))).containsExactly("a", "b");
  }

  @Test
  void what_is_requeued_is_listed_no_more() {
    worker.register();
    enqueue(work("dead").deadline(clock.now() + 1).priority(9));
    sweepAfter(MOMENT);
    claim("ended");
    worker.complete("ended");
    claim("claimed");

    requeue("dead");
    requeue("ended");
    requeue("claimed");

    for (Place place : List.of(Place.CLAIMED, Place.ENDED, Place.DEAD)) {
      assertThat(all(place, 10)).isEmpty();
    }
  }

  @Test
  void an_entry_is_the_session_as_it_is_found() {
    enqueue(works("a-", 3));
    takeAll(worker, 3);
    worker.complete("a-001");
    long last = seq();

    var claimed = sessions().list(org, Place.CLAIMED, null, 10);

    assertThat(AnswerLog.last()).isEqualTo(last);
    assertThat(claimed.items()).containsExactly(session("a-002"), session("a-003"));
    assertThat(all(Place.ENDED, 10)).containsExactly(session("a-001"));
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void a_page_of_claimed_goes_on_where_the_one_before_ended() {
    worker.register();
    for (int n = 1; n <= 6; n++) {
      claim(worker, work("a-" + n));
      jump(MOMENT);
    }
    Page<Session> first = page(Place.CLAIMED, null, 3);
    assertThat(ids(first.items())).containsExactly("a-1", "a-2", "a-3");

    worker.complete("a-3");
    worker.complete("a-1");
    worker.complete("a-5");
    claim("a-7");

    Page<Session> second = page(Place.CLAIMED, first.next(), 10);
    assertThat(ids(second.items())).containsExactly("a-4", "a-6", "a-7");
    assertThat(second.next()).isNull();
  }

  @Test
  void a_page_of_ended_goes_on_where_the_one_before_ended() {
    for (int n = 1; n <= 6; n++) {
      enqueue(work("a-" + n));
      stop("a-" + n);
      jump(MOMENT);
    }
    Page<Session> first = page(Place.ENDED, null, 3);
    assertThat(ids(first.items())).containsExactly("a-6", "a-5", "a-4");

    requeue("a-4");
    requeue("a-2");
    enqueue(work("a-7"));
    stop("a-7");

    Page<Session> second = page(Place.ENDED, first.next(), 10);
    assertThat(ids(second.items())).containsExactly("a-3", "a-1");
    assertThat(second.next()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"CLAIMED", "DEAD", "ENDED"})
  void next_is_null_where_nothing_follows(Place place) {
    assertThat(Pages.sizes(1, reader(place))).containsExactly(0);
    fill(place);

    assertThat(Pages.sizes(4, reader(place))).containsExactly(4);
    assertThat(Pages.sizes(2, reader(place))).containsExactly(2, 2);
    assertThat(Pages.sizes(3, reader(place))).containsExactly(3, 1);
    assertThat(Pages.sizes(5, reader(place))).containsExactly(4);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"CLAIMED", "DEAD", "ENDED"})
  void damaged_sessions_are_left_out_and_hide_nothing(Place place) {
    fill(place);
    damage("a-001");
    damage("a-003");

    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(ids(all(place, limit))).containsExactlyInAnyOrder("a-002", "a-004");
    }
  }

  private void fill(Place place) {
    worker.register();
    for (WorkBuilder item : works("a-", 4)) {
      enqueue(place == Place.DEAD ? item.deadline(clock.now() + 1) : item);
    }
    switch (place) {
      case DEAD -> sweepAfter(MOMENT);
      case ENDED -> {
        each(works("a-", 4), this::stop);
      }
      default -> takeAll(worker, 4);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"READY", "PARKED", "LATER", "RETURNED"})
  void work_that_waits_is_listed_by_project_only(Place place) {
    assertThatThrownBy(() -> page(place, null, 10)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<Session> all(Place place, int limit) {
    return Pages.all(limit, reader(place));
  }

  private Pages.Reader<Session> reader(Place place) {
    return (cursor, limit) -> page(place, cursor, limit);
  }

  private Page<Session> page(Place place, @Nullable Cursor cursor, int limit) {
    return sessions().list(org, place, cursor, limit);
  }

  private static List<String> ids(List<Session> sessions) {
    return sessions.stream().map(Session::id).toList();
  }
}
