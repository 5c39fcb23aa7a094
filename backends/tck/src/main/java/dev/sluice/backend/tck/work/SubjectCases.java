package dev.sluice.backend.tck.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/rules.md, "Subject". */
abstract class SubjectCases extends Fixture {

  private static final Subject FIX = new Subject("Fix the flaky test", "fix/flaky", "opus");

  @Test
  void it_is_kept_wherever_the_session_goes() {
    enqueue(work("a").about(FIX));
    assertKept(Place.READY);
    reprioritise("a", 1);
    front("a");

    worker.register();
    worker.claim("a");
    assertKept(Place.CLAIMED);
    worker.nack("a");
    assertKept(Place.RETURNED);

    KitWorker other = worker().register();
    other.claim("a");
    other.start("a");
    other.use("a", "Bash");
    send("a", MessageType.NUDGE, "hello");
    assertKept(Place.CLAIMED);
    other.complete("a");
    assertKept(Place.ENDED);
    sweep();
    assertKept(Place.ENDED);

    requeue("a");
    assertKept(Place.READY);
  }

  @Test
  void items_come_back_as_they_were_given() {
    Subject cut = new Subject("Fix 1%1 of \"it\"\u2026", "", "");
    String item = "{\"prompt\":\"Fix 1%1 of \\\"it\\\" at once\",\"title\":\"Fix the flaky test\"}";
    worker.register();
    for (Subject subject :
        List.of(
            FIX,
            cut,
            Subject.NONE,
            new Subject("Fix 1%1 of\u2026", "", ""),
            new Subject("Fix 1%1 of\u2026", "", "opus", true))) {
      String id = "s-" + subject.hashCode();
      enqueue(work(id).about(subject).item(item));
      assertThat(session(id).subject()).isEqualTo(subject);
      assertThat(session(id).item()).isEqualTo(item);
      assertThat(worker.claim(id).item()).isEqualTo(item);
      worker.nack(id);
      assertThat(session(id).item()).isEqualTo(item);
      stop(id);
    }
  }

  @Test
  void later_parked_and_dead_work_has_one() {
    enqueue(
        work("later").about(FIX).notBefore(clock.now() + 60_000),
        work("first").issue("issue"),
        work("parked").issue("issue").about(FIX));
    assertThat(session("later").subject()).isEqualTo(FIX);
    assertSession("parked").isParked();
    assertThat(session("parked").subject()).isEqualTo(FIX);

    deadLetter("dead");
    assertThat(session("dead").subject().title()).isEqualTo("Title of dead");
    assertThat(headlines("dead").get(0).subject().title()).isEqualTo("Title of dead");
  }

  @Test
  void every_list_of_sessions_has_it() {
    enqueue(work("waiting").about(FIX));
    claim(worker.register(), work("claimed").about(FIX).priority(1));
    KitWorker other = worker().register();
    claim(other, work("ended").about(FIX).priority(1));
    other.complete("ended");

    assertThat(queue().list(org, NewWork.ANY_PROJECT, Place.READY, null, 9).items())
        .extracting(Session::subject)
        .containsExactly(FIX);
    assertThat(queue().standings(org, NewWork.ANY_PROJECT, Place.READY, null, 9).items())
        .extracting(standing -> standing.session().subject())
        .containsExactly(FIX);
    for (Place place : List.of(Place.CLAIMED, Place.ENDED)) {
      assertThat(sessions().list(org, place, null, 9).items())
          .extracting(Session::subject)
          .containsExactly(FIX);
      assertThat(sessions().rows(org, null, place, null, 9).items())
          .extracting(Session::subject)
          .containsExactly(FIX);
    }
  }

  @Test
  void a_repeat_leaves_it_and_other_content_is_refused() {
    enqueue(work("a").about(FIX));

    withoutTrace(() -> enqueue(work("a").about(new Subject("Other", "", ""))));
    assertRefused(Refusal.CONFLICT, work("a").content("other").about(new Subject("Other", "", "")));
    assertThat(session("a").subject()).isEqualTo(FIX);

    WorkBuilder keyed = work("b").about(FIX).bearing("key", 0, "body");
    enqueue(keyed);
    assertThat(offer(keyed).get(0).replayed()).isTrue();
    assertThat(session("b").subject()).isEqualTo(FIX);
  }

  @Test
  void work_need_not_have_one() {
    enqueue(work("a").about(Subject.NONE));

    assertThat(session("a").subject()).isEqualTo(Subject.NONE);
    assertThat(headlines("a")).containsExactly(new Headline("a", "ISSUE-a", null, Subject.NONE));
    claim("a");
    assertThat(session("a").subject()).isEqualTo(Subject.NONE);
  }

  @Test
  void headlines_name_sessions_in_the_order_asked_for() {
    enqueue(
        work("waiting").about(FIX),
        work("\ud83d\ude80").identifier("\ud83d\ude80").on("https://git.example/acme/parser.git"));
    claim(worker.register(), work("claimed").priority(1));
    long last = seq();

    var headlines =
        sessions().headlines(org, List.of("unknown", "claimed", "\ud83d\ude80", "waiting"));

    assertThat(AnswerLog.last()).isEqualTo(last);
    assertThat(headlines)
        .containsExactly(
            new Headline("claimed", "ISSUE-claimed", null, titled("claimed")),
            new Headline(
                "\ud83d\ude80", "\ud83d\ude80", "git.example/acme/parser", titled("\ud83d\ude80")),
            new Headline("waiting", "ISSUE-waiting", null, FIX));
    assertThat(headlines()).isEmpty();
    assertThat(seq()).isEqualTo(last);
  }

  private static Subject titled(String id) {
    return new Subject("Title of " + id, "", "");
  }

  @Test
  void a_thousand_headlines_come_by_one_call() {
    WorkBuilder[] works = works("a-", Page.MAX);
    enqueue(works);
    List<String> ids = Stream.of(works).map(WorkBuilder::id).toList();
    assertThat(sessions().headlines(org, ids)).extracting(Headline::id).isEqualTo(ids);
  }

  @Test
  void a_session_whose_item_is_lost_has_a_headline_or_none_but_others_do() {
    enqueue(work("lost"), work("a"), work("b"));
    store().loseItem(org, "lost");
    damage("b");

    assertThat(headlines("lost", "a", "b")).extracting(Headline::id).contains("a");
  }

  static Stream<String> hostile() {
    return Stream.of(
        "<script>alert('&amp;')</script> {{mustache}} ${el} %s",
        "'); DROP TABLE work; --",
        "line\nbreak\r\n and\ttab\u2028\u2029\u0085",
        "nul \0 unit \u001f record \u001e group \u001d delete \u007f",
        "\u202eright to left\u202c \u2066isolate\u2069",
        "zero\u200bwidth\u200d\ufeff\u2060",
        "\ud800lone\udfff",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        "e\u0301".repeat(200),
        "\ud83d\ude80".repeat(200),
        "\uff21".repeat(200),
        "x".repeat(100_000),
        " \u3164\u115f\u2800 ",
        "");
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("hostile")
  void a_hostile_text_is_stored_as_cleaned(String text) {
    Subject subject = new Subject(text, text, text);
    enqueue(work("a").about(subject), work("b"));

    assertThat(session("a").subject()).isEqualTo(subject);
    assertThat(headlines("a", "b"))
        .extracting(Headline::subject)
        .containsExactly(subject, titled("b"));
    claim("a");
    worker.complete("a");
    assertThat(session("a").subject()).isEqualTo(subject);
    assertThat(session("a").item()).isEqualTo(work("a").build().item());
  }

  @Test
  void it_counts_as_stored() {
    long bytes = StoredBytes.of(work("a").about(Subject.NONE).build());
    Subject subject = new Subject("Fix caf\u00e9", "main", "\ud83d\ude80");

    enqueue(work("a").about(subject));

    assertThat(queue().storedBytes(org) - bytes)
        .isEqualTo(("Fix caf\u00e9" + "main" + "\ud83d\ude80").getBytes(UTF_8).length);
  }

  private List<Headline> headlines(String... ids) {
    return sessions().headlines(org, List.of(ids));
  }

  private void assertKept(Place place) {
    Session session = session("a");
    assertThat(session.place()).isEqualTo(place);
    assertThat(session.subject()).isEqualTo(FIX);
    assertThat(headlines("a")).containsExactly(new Headline("a", "ISSUE-a", null, FIX));
  }
}
