package dev.sluice.backend.tck.lists;

import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Lists". */
abstract class LargePageCases extends Fixture {

  private static final String ITEM = "\"" + "x".repeat(900 * 1024) + "\"";
  private static final Map<String, String> FIELDS =
      Map.of("summary", "\"" + "x".repeat(700 * 1024) + "\"");
  private static final List<String> ALL = List.of("a-0", "a-1", "a-2", "a-3", "a-4", "a-5");

  @Test
  void waiting_work_is_listed_in_pages_that_fit() {
    enqueueLarge();
    Pages.Reader<String> reader =
        (cursor, limit) -> ids(queue().list(org, "default", Place.READY, cursor, limit));

    assertThat(Pages.sizes(200, reader)).containsExactly(4, 2);
    assertThat(Pages.all(200, reader)).containsExactlyElementsOf(ALL);
    assertThat(Pages.all(3, reader)).containsExactlyElementsOf(ALL);
  }

  @Test
  void standings_are_without_items() {
    enqueueLarge();

    assertThat(queue().standings(org, "default", Place.READY, null, 200).items())
        .extracting(Standing::session)
        .hasSize(ALL.size());
  }

  @Test
  void later_work_is_listed_so_too() {
    for (int n = 0; n < ALL.size(); n++) {
      enqueue(work("a-" + n).item(ITEM).notBefore(clock.now() + 1_000 + n));
    }

    assertThat(
            Pages.<String>all(
                200,
                (cursor, limit) -> ids(queue().list(org, "default", Place.LATER, cursor, limit))))
        .containsExactlyElementsOf(ALL);
  }

  @Test
  void claimed_and_ended_sessions_are_listed_in_pages_that_fit() {
    enqueueLarge();
    takeAll(worker, ALL.size());
    assertFits(Place.CLAIMED);
    ALL.forEach(id -> worker.complete(id));
    assertFits(Place.ENDED);
  }

  @Test
  void fields_fill_a_page_also_where_items_are_left_out() {
    enqueueSmall();
    takeAll(worker, ALL.size());
    ALL.forEach(id -> worker.report(id, SessionState.RUNNING, FIELDS));
    assertThat(Pages.sizes(200, rows(Place.CLAIMED))).containsExactly(5, 1);
    ALL.forEach(id -> worker.complete(id));

    assertThat(Pages.sizes(200, rows(Place.ENDED))).containsExactly(5, 1);
    assertThat(Pages.all(200, rows(Place.ENDED))).containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void activities_end_before_their_limit_and_go_on_behind_the_last() {
    claim("a");
    String body = "x".repeat(NewActivity.MAX_BODY_BYTES - 1_024);
    IntStream.range(0, 70).forEach(n -> worker.tell("a", "t", body));

    List<Long> told = new ArrayList<>();
    List<Activity> some = activitiesAfter(0);
    assertThat(some).hasSizeBetween(60, 66);
    while (!some.isEmpty()) {
      some.forEach(activity -> told.add(activity.id()));
      some = activitiesAfter(told.get(told.size() - 1));
    }
    assertThat(told)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 70).mapToObj(Long::valueOf).toList());
  }

  private List<Activity> activitiesAfter(long id) {
    return sessions().activities(org, "a", id, Page.MAX);
  }

  private void assertFits(Place place) {
    Pages.Reader<String> reader =
        (cursor, limit) -> ids(sessions().list(org, place, cursor, limit));
    assertThat(Pages.sizes(200, reader)).containsExactly(4, 2);
    assertThat(Pages.all(200, reader)).containsExactlyInAnyOrderElementsOf(ALL);
  }

  private Pages.Reader<String> rows(Place place) {
    return (cursor, limit) -> ids(sessions().rows(org, null, place, cursor, limit));
  }

  private void enqueueLarge() {
    ALL.forEach(id -> enqueue(work(id).item(ITEM)));
  }

  private void enqueueSmall() {
    ALL.forEach(id -> enqueue(work(id)));
  }

  private static Page<String> ids(Page<Session> page) {
    return new Page<>(page.items().stream().map(Session::id).toList(), page.next());
  }
}
