package dev.sluice.backend.tck.work;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/rules.md, "Text": public ids. */
abstract class NameCases extends Fixture {

  static List<String> names() {
    return TextCases.names().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_queue_may_have_any_name(String name) {
    enqueue(work("a").project(name));
    queues().limit(org, name, new QueueLimits(1, 1_000L), BY);

    ProjectQueue queue = queues().pause(org, name, clock.now() + 1, new AuditNote(name, name));

    assertThat(queue.project()).isEqualTo(name);
    assertThat(queue.pause()).isEqualTo(new Pause(name, name, clock.now(), clock.now() + 1));
    assertThat(queueOf(name)).isEqualTo(queue);
    assertThat(Pages.all(1, (cursor, limit) -> queues().list(org, cursor, limit)))
        .containsExactly(queue);
    assertThat(queue().standing(org, "a").queue()).isEqualTo(queue);
    sweepAfter(MOMENT);
    assertThat(queueOf(name).pause()).as("its end came").isNull();
  }

  @ParameterizedTest
  @MethodSource("names")
  void an_issue_and_its_sessions_may_have_any_name(String name) {
    String best = name.length() > 200 ? "best" : name + " best";
    queue()
        .enqueue(
            org, List.of(item(name, name, 2, 0), item(best, name, 1, 0), item("z", name, 9, 0)));
    assertThat(queue().standing(org, name).behind()).isEqualTo(best);
    assertThat(ids(queue().list(org, name, Place.PARKED, null, 1))).containsExactly(name);
    assertThat(queue().front(org, name, BY).place()).isEqualTo(Place.READY);
    assertThat(queue().standing(org, best).behind()).isEqualTo(name);
    assertThat(ids(queue().list(org, name, Place.READY, null, 1))).containsExactly(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_is_due_may_have_any_name(String name) {
    queue().enqueue(org, List.of(item(name, "i", 1, clock.now() + 1)));
    assertThat(ids(queue().list(org, name, Place.LATER, null, 1))).containsExactly(name);
    jump(MOMENT);

    assertThat(sweepStep().due()).isEqualTo(1);

    assertThat(session(name).place()).isEqualTo(Place.READY);
  }

  @ParameterizedTest
  @MethodSource("names")
  void who_claims_by_name_and_who_takes_over_may_have_any_name(String name) {
    KitWorker old = worker().named(name).register();
    KitWorker successor = worker().named(name.length() > 200 ? "new" : name + " new").register();
    queue().enqueue(org, List.of(item(name, name, 3, 0)));
    assertThat(old.claimByName(name).denial()).isNull();
    assertThat(old.tell(name, name, name).body()).isEqualTo(name);
    successor.takeOver(name, old);
    successor.touch(name);
    successor.drain();

    List<Event> events = timeline(name);
    Event last = events.get(events.size() - 1);
    assertThat(last.workerId()).isEqualTo(successor.id());
    assertThat(last.detail()).isEqualTo(name);
    assertThat(ids(sessions().list(org, Place.CLAIMED, null, 1))).containsExactly(name);
    assertThat(Pages.all(1, (cursor, limit) -> workers().list(org, cursor, limit)))
        .containsExactlyInAnyOrder(old.record(), successor.record());
    successor.complete(name);
    assertThat(ids(sessions().list(org, Place.ENDED, null, 1))).containsExactly(name);
    requeue(name);
    assertThat(sessions().activities(org, name, 0, 10).get(0).type()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_page_may_end_at_any_name(String name) {
    String project = "web";
    enqueue(work(name).project(project), work("\udbff\udfff").project(project));
    Page<Session> first = queue().list(org, project, Place.READY, null, 1);
    assertThat(ids(first)).containsExactly(name);

    Cursor next = Cursor.parse(Objects.requireNonNull(first.next()).text());

    assertThat(ids(queue().list(org, project, Place.READY, next, 1)))
        .containsExactly("\udbff\udfff");
  }

  private static NewWork item(String id, String issue, int priority, long notBefore) {
    String project = id.equals("z") || id.endsWith("best") ? issue : id;
    return new NewWork(
        id,
        issue,
        issue,
        project,
        List.of(),
        priority,
        WorkBuilder.QUEUED_AT,
        notBefore,
        0,
        "h",
        "{}");
  }

  private static List<String> ids(Page<Session> page) {
    return page.items().stream().map(Session::id).toList();
  }
}
