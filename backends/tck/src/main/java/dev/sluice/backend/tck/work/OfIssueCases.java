package dev.sluice.backend.tck.work;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/rules.md, "Work of an issue". */
abstract class OfIssueCases extends Fixture {

  private static final Duration ENDED = Duration.ofMillis(RULES.kept().endedMs());

  static List<String> names() {
    return TextCases.names().toList();
  }

  @Test
  void it_is_found_wherever_the_session_goes() {
    enqueue(work("z").priority(9), work("a").identifier("ENG-243"));
    assertFoundIn(Place.READY);
    worker.claim("a");
    assertFoundIn(Place.CLAIMED);
    worker.nack("a");
    assertFoundIn(Place.RETURNED);
    sweepAfter(BACK_OFF);
    worker.claim("a");
    worker.complete("a");
    assertFoundIn(Place.ENDED);
    sweepAfter(Duration.ofHours(1));
    assertFoundIn(Place.ENDED);
    requeue("a");
    assertFoundIn(Place.READY);
    stop("a");
    assertFoundIn(Place.ENDED);
  }

  @Test
  void later_parked_and_dead_work_is_found() {
    enqueue(
        work("later").identifier("ENG-1").notBefore(clock.now() + 60_000),
        work("first").issue("issue").identifier("ENG-1"),
        work("parked").issue("issue").identifier("ENG-1"),
        work("dead").identifier("ENG-1").deadline(clock.now() + 1));
    sweepAfter(MOMENT);

    assertThat(of("ENG-1"))
        .extracting(Session::place)
        .containsExactly(Place.DEAD, Place.READY, Place.LATER, Place.PARKED);
    assertThat(of("ENG-1")).isEqualTo(rows("dead", "first", "later", "parked"));
  }

  @Test
  void the_case_of_ascii_letters_is_ignored() {
    enqueue(
        work("a").identifier("Eng-243"),
        work("b").identifier("ENG-243"),
        work("c").identifier("\u00c9-1"));

    for (String written : List.of("ENG-243", "eng-243", "eNg-243")) {
      assertThat(ids(of(written))).containsExactly("a", "b");
    }
    assertThat(ids(of("\u00c9-1"))).containsExactly("c");
    assertThat(of("\u00e9-1")).isEmpty();
  }

  @Test
  void only_the_whole_identifier_counts() {
    enqueue(
        work("a").identifier("ENG-243").called("public"),
        work("b").identifier("ENG-24"),
        work("ENG-2").identifier("ENG-2"));

    assertThat(ids(of("ENG-24"))).containsExactly("b");
    for (String other :
        List.of("ENG", "ENG-2430", "ENG-243 ", "*", "", "a", "issue of a", "public")) {
      assertThat(of(other)).as(other).isEmpty();
    }
    assertThat(of("ENG-2")).as("its own id").isEmpty();
  }

  @Test
  void pages_are_bounded_and_hide_none() {
    enqueue(works("a-", 120, item -> item.identifier("ENG-1")));
    enqueue(works("b-", 5));

    List<String> found = new ArrayList<>();
    Cursor cursor = null;
    do {
      Page<Session> page = sessions().ofIssue(org, "eng-1", cursor, 50);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(50);
      page.items().forEach(session -> found.add(session.id()));
      cursor = page.next();
    } while (cursor != null);

    assertThat(found).isEqualTo(Stream.of(works("a-", 120)).map(WorkBuilder::id).toList());
  }

  @Test
  void they_come_by_the_bytes_of_their_ids() {
    enqueue(
        work("\ud83d\ude80").identifier("ENG-1"),
        work("\uff61").identifier("ENG-1"),
        work("x".repeat(256)).identifier("ENG-1"),
        work("a").identifier("ENG-1"));

    assertThat(ids(of("ENG-1"))).containsExactly("a", "x".repeat(256), "\uff61", "\ud83d\ude80");
    Page<Session> first = sessions().ofIssue(org, "ENG-1", null, 3);
    assertThat(ids(sessions().ofIssue(org, "ENG-1", first.next(), 3).items()))
        .containsExactly("\ud83d\ude80");
  }

  @Test
  void it_goes_with_the_record() {
    enqueue(work("a").identifier("ENG-1"), work("b").identifier("ENG-1"));
    stop("a");
    sweepAfter(ENDED);

    assertThat(ids(of("ENG-1"))).containsExactly("b");
    enqueue(work("a").identifier("ENG-2"));
    assertThat(ids(of("ENG-1"))).containsExactly("b");
    assertThat(ids(of("ENG-2"))).containsExactly("a");
  }

  @Test
  void a_repeat_and_refused_work_leave_nothing() {
    enqueue(work("a").identifier("ENG-1"));
    withoutTrace(() -> enqueue(work("a").identifier("ENG-2")));
    assertRefused(Refusal.CONFLICT, work("a").content("other").identifier("ENG-2"));

    assertThat(of("ENG-2")).isEmpty();
    assertThat(ids(of("ENG-1"))).containsExactly("a");
  }

  @Test
  void an_org_has_issues_of_its_own() {
    String neighbour = newOrg();
    enqueue(work("a").identifier("ENG-1"));
    assertThat(sessions().ofIssue(neighbour, "ENG-1", null, 9).items()).isEmpty();

    queue().enqueue(neighbour, List.of(work("there").identifier("ENG-1").build()));

    assertThat(ids(sessions().ofIssue(neighbour, "ENG-1", null, 9).items()))
        .containsExactly("there");
    assertThat(ids(of("ENG-1"))).containsExactly("a");
  }

  @Test
  void a_damaged_session_hides_no_other() {
    enqueue(works("a-", 3, item -> item.identifier("ENG-1")));
    damage("a-002");

    assertThat(ids(of("ENG-1"))).containsExactly("a-001", "a-003");
  }

  @Test
  void looking_changes_nothing() {
    enqueue(work("a").identifier("ENG-1"));
    long last = seq();

    withoutTrace(
        () ->
            assertThat(numberOf(() -> sessions().ofIssue(org, "ENG-1", null, 9))).isEqualTo(last));
  }

  @Test
  void a_copy_has_it_too() {
    enqueue(works("a-", 3, item -> item.identifier("ENG-1")));
    claim(worker.register(), work("b").identifier("ENG-1").priority(1));
    worker.complete("b");
    sweep();
    try (QueueBackend memory = new MemoryBackend(AnswerLog.environment(rulesOfStore(), clock))) {
      OrgCopy.enter(memory, org, OrgCopy.rehashed(OrgCopy.leave(backend(), org)));
      String copy = newOrg();
      OrgCopy.enter(backend(), copy, OrgCopy.leave(memory, org));

      for (String name : List.of("eng-1", "ENG-1")) {
        assertThat(memory.sessions().ofIssue(org, name, null, 9).items()).isEqualTo(of(name));
        assertThat(sessions().ofIssue(copy, name, null, 9).items()).isEqualTo(of(name));
      }
      assertThat(of("ENG-1")).hasSize(4);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void any_name_may_be_one(String name) {
    enqueue(work("a").identifier(name), work("b"));

    assertThat(ids(of(name))).containsExactly("a");
    stop("a");
    stop("b");
    sweepAfter(ENDED);
    assertThat(of(name)).isEmpty();
    jump(Duration.ofMillis(RULES.kept().auditMs())); // that of the stops
    sweep();
    assertNothingLeft();
  }

  @Test
  void a_long_one_is_found_and_forgotten() {
    String name = "ENG-" + "\u00e9".repeat(5_000);
    enqueue(work("a").identifier(name));

    assertThat(ids(of("eng-" + name.substring(4)))).containsExactly("a");
    assertThat(of(name.substring(1))).isEmpty();
    stop("a");
    sweepAfter(ENDED);
    assertThat(of(name)).isEmpty();
    jump(Duration.ofMillis(RULES.kept().auditMs()));
    sweep();
    assertNothingLeft();
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("dev.sluice.backend.tck.work.SubjectCases#hostile")
  void no_text_is_too_hostile_to_look_for(String text) {
    enqueue(work("a").identifier("ENG-1"));

    assertThat(of(text)).isEmpty();
  }

  private List<Session> of(String identifier) {
    Page<Session> page = sessions().ofIssue(org, identifier, null, Page.MAX);
    assertThat(page.next()).isNull();
    return page.items();
  }

  private List<Session> rows(String... ids) {
    return Stream.of(ids).map(id -> session(id).withoutItem()).toList();
  }

  private static List<String> ids(List<Session> sessions) {
    return sessions.stream().map(Session::id).toList();
  }

  private void assertFoundIn(Place place) {
    assertThat(of("ENG-243")).isEqualTo(rows("a"));
    assertThat(session("a").place()).isEqualTo(place);
  }
}
