package dev.sluice.backend.tck.lists;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Pages;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class QueueListCases extends Fixture {

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 5, 1_000})
  void queues_are_listed_by_the_bytes_of_their_names(int limit) {
    for (String project : List.of("\ud83d\ude80", "web", "\uff61", "app", "Web")) {
      enqueue(work("in " + project).project(project));
    }

    assertThat(names(all(limit))).containsExactly("Web", "app", "web", "\uff61", "\ud83d\ude80");
  }

  @Test
  void an_entry_is_the_queue_as_it_is_found() {
    queues().limit(org, "web", new QueueLimits(3, 5_000L), BY);
    claim(worker, work("a").project("web"));
    worker.report("a", SessionState.COMPLETED, Map.of(), 1_000);
    claim(worker, work("b").project("web"));
    enqueue(work("c").project("web"), work("d"));
    queues().pause(org, "web", clock.now() + 1_000, new AuditNote("ann", "release day"));
    long last = seq();

    var page = queues().list(org, null, 10);

    assertThat(AnswerLog.last()).isEqualTo(last);
    assertThat(page.items())
        .containsExactly(queues().find(org, "default"), queues().find(org, "web"));
    assertThat(page.items().get(1).counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void a_queue_is_listed_while_it_holds_live_or_dead_work() {
    long now = clock.now();
    enqueue(
        work("ready").project("ready"),
        work("best").project("claimed").issue("i").priority(1),
        work("parked").project("parked").issue("i"),
        work("later").project("later").notBefore(now + 1_000),
        work("dead").project("dead").deadline(now + 1),
        work("ended").project("ended"),
        work("nacked").project("returned").priority(1));
    assertThat(worker.take(2)).containsExactly("best", "nacked");
    worker.nack("nacked");
    stop("ended");
    sweepAfter(MOMENT);

    assertThat(names(all(10)))
        .containsExactly("claimed", "dead", "later", "parked", "ready", "returned");

    worker.complete("best");
    for (String id : List.of("ready", "parked", "later", "dead", "nacked")) {
      stop(id);
    }
    assertThat(all(10)).isEmpty();
  }

  @Test
  void a_queue_without_work_is_listed_while_it_has_limits_or_is_paused() {
    cap("capped", 1);
    budget("budget", 0);
    pause("paused", 0);
    queues().find(org, "only asked for");
    assertThat(names(all(10))).containsExactly("budget", "capped", "paused");

    unlimit("capped");
    unlimit("budget");
    resume("paused");

    assertThat(all(10)).isEmpty();
  }

  @Test
  void a_pause_that_ended_by_itself_lists_it_no_more() {
    pause("paused", clock.now() + 1);
    sweepAfter(MOMENT);

    assertThat(all(10)).isEmpty();
  }

  @Test
  void a_page_starts_behind_the_previous_one_after_changes() {
    for (String project : List.of("a", "c", "e", "g")) {
      enqueue(work("in " + project).project(project));
    }
    Page<ProjectQueue> first = page(null, 2);
    assertThat(names(first.items())).containsExactly("a", "c");

    stop("in c");
    stop("in e");
    enqueue(work("in b").project("b"), work("in d").project("d"));

    Page<ProjectQueue> second = page(first.next(), 10);
    assertThat(names(second.items())).containsExactly("d", "g");
    assertThat(second.next()).isNull();
  }

  @Test
  void next_is_null_where_nothing_follows() {
    assertThat(Pages.sizes(1, this::page)).containsExactly(0);
    for (String project : List.of("a", "b", "c", "d")) {
      enqueue(work("in " + project).project(project));
    }

    assertThat(Pages.sizes(4, this::page)).containsExactly(4);
    assertThat(Pages.sizes(2, this::page)).containsExactly(2, 2);
    assertThat(Pages.sizes(3, this::page)).containsExactly(3, 1);
  }

  private List<ProjectQueue> all(int limit) {
    return Pages.all(limit, this::page);
  }

  private Page<ProjectQueue> page(@Nullable Cursor cursor, int limit) {
    return queues().list(org, cursor, limit);
  }

  private static List<String> names(List<ProjectQueue> queues) {
    return queues.stream().map(ProjectQueue::project).toList();
  }
}
