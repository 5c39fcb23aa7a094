package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Event.Kind;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Report". */
abstract class LateResultCases extends Fixture {

  @Test
  void a_report_that_contradicts_the_end_is_kept() {
    claim("a");
    worker.complete("a");
    Session ended = session("a");
    jump(MOMENT);

    assertThat(worker.report("a", SessionState.FAILED, Map.of("error", "\"disk\"")).transition())
        .isEqualTo(Transition.CONFLICT);

    assertThat(last("a"))
        .isEqualTo(
            new Event(
                seq(),
                clock.now(),
                Kind.LATE_RESULT,
                worker.id(),
                detail(SessionState.FAILED, Map.of("error", "\"disk\""))));
    assertThat(session("a")).isEqualTo(ended);
  }

  @Test
  void the_same_contradiction_again_leaves_no_second_line_another_does() {
    claim("a");
    worker.complete("a");
    int before = timeline("a").size();

    worker.fail("a");
    worker.fail("a");
    assertThat(timeline("a")).hasSize(before + 1);
    worker.report("a", SessionState.STOPPED);
    assertThat(timeline("a")).hasSize(before + 2);
    worker.fail("a");
    assertThat(timeline("a")).as("only the latest line is looked at").hasSize(before + 3);
  }

  @Test
  void what_repeats_the_end_or_is_no_end_is_not_kept() {
    other.register();
    claim("a");
    worker.complete("a");
    List<Event> before = timeline("a");

    worker.complete("a");
    worker.start("a");
    worker.report("a", SessionState.FINALIZING);
    refused(Refusal.NOT_OWNER, () -> other.start("a"));
    refused(Refusal.NOT_OWNER, () -> other.report("a", SessionState.FINALIZING));

    assertThat(timeline("a")).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED"})
  void an_end_by_another_than_the_owner_is_refused_and_kept(SessionState end) {
    other.register();
    claim("a");
    passBeating(LEASE, other);
    other.claim("a");
    Session held = session("a");
    long lastSeen = worker.record().lastSeenMs();
    long before = seq();
    jump(MOMENT);

    RefusedException refusal =
        refusal(
            Refusal.NOT_OWNER, () -> worker.report("a", end, Map.of("result", "\"late\""), 7_000));

    assertThat(refusal.owner()).isEqualTo(other.id());
    assertThat(AnswerLog.last()).isGreaterThan(before).isEqualTo(seq());
    assertThat(last("a"))
        .isEqualTo(
            new Event(
                seq(),
                clock.now(),
                Kind.LATE_RESULT,
                worker.id(),
                detail(end, Map.of("result", "\"late\""))));
    assertThat(session("a")).as("all else").isEqualTo(held);
    assertThat(worker.record().lastSeenMs()).as("no sign of life").isEqualTo(lastSeen);
  }

  @Test
  void its_repeat_changes_nothing() {
    worker.register();
    claim(other, work("a"));
    refusal(Refusal.NOT_OWNER, () -> worker.complete("a"));
    List<Event> kept = timeline("a");
    jump(MOMENT);

    refused(Refusal.NOT_OWNER, () -> worker.complete("a"));

    assertThat(timeline("a")).isEqualTo(kept);
  }

  @Test
  void the_same_of_another_worker_or_with_another_detail_is_no_repeat() {
    worker.register();
    other.register();
    enqueue(work("a"));
    for (KitWorker reporter : List.of(worker, other)) {
      long before = seq();
      refusal(Refusal.NOT_OWNER, () -> reporter.complete("a"));
      assertThat(seq()).isGreaterThan(before);
    }

    refusal(
        Refusal.NOT_OWNER,
        () -> other.report("a", SessionState.COMPLETED, Map.of("result", "\"x\"")));

    assertThat(timeline("a"))
        .extracting(Event::workerId)
        .containsExactly(null, worker.id(), other.id(), other.id());
  }

  @Test
  void a_late_result_of_waiting_and_of_dead_work_is_kept_too() {
    claim("waiting");
    worker.nack("waiting");
    deadLetter("dead");

    for (String id : List.of("waiting", "dead")) {
      assertThat(refusal(Refusal.NOT_OWNER, () -> worker.complete(id)).owner()).isNull();
      assertThat(last(id).kind()).isEqualTo(Kind.LATE_RESULT);
      assertThat(last(id).workerId()).isEqualTo(worker.id());
    }
    assertSession("waiting").isReturned();
  }

  @Test
  void an_end_under_an_older_token_is_a_late_result_of_the_owner_itself() {
    long older = claim("a").token();
    pass(LEASE);
    worker.claim("a");

    refusal(Refusal.NOT_OWNER, () -> worker.withToken(older).complete("a"));

    assertSession("a").isClaimedBy(worker);
    assertThat(last("a").kind()).isEqualTo(Kind.LATE_RESULT);
    assertThat(last("a").workerId()).isEqualTo(worker.id());
  }

  @Test
  void in_the_grace_of_a_stop_it_releases_and_is_kept() {
    claim("a");
    stop("a");

    assertThat(worker.complete("a").transition()).isEqualTo(Transition.CONFLICT);

    assertSession("a").isStopped();
    List<Event> events = timeline("a");
    assertThat(events.subList(events.size() - 2, events.size()))
        .extracting(Event::kind)
        .containsExactlyInAnyOrder(Kind.RELEASED, Kind.LATE_RESULT);
  }

  @Test
  void of_who_has_no_record_or_may_not_be_acted_for_nothing_is_kept() {
    KitWorker gone = worker().register();
    KitWorker never = worker();
    KitWorker known = worker().register();
    KitWorker revoked = worker().registeredBy("key-of-" + org).register();
    claim("a");
    gone.deregister();
    credentials()
        .addKey(newHash(), new Key("key-of-" + org, org, Key.Type.USER, "", Set.of(), List.of()));
    revoke("key-of-" + org);
    List<Event> before = timeline("a");

    refused(Refusal.NOT_OWNER, () -> gone.complete("a"));
    refused(Refusal.NOT_OWNER, () -> never.complete("a"));
    refused(Refusal.NOT_OWNER, () -> known.by("another-key").complete("a"));
    refused(Refusal.NOT_OWNER, () -> revoked.complete("a"));

    assertThat(timeline("a")).isEqualTo(before);
  }

  @Test
  void one_that_is_too_long_keeps_its_state() {
    worker.register();
    enqueue(work("a"));

    refusal(
        Refusal.NOT_OWNER,
        () ->
            worker.report(
                "a",
                SessionState.FAILED,
                Map.of("error", '"' + "x".repeat(Event.MAX_DETAIL_BYTES) + '"')));

    assertThat(last("a").detail()).isEqualTo("{\"status\":\"failed\"}");
  }

  @Test
  void its_text_is_kept_byte_for_byte() {
    worker.register();
    enqueue(work("a"));
    Map<String, String> fields = Map.of("error", "\"\\u0000 \u00e9 \ud83d\ude80 %s [a] {} \"");

    refusal(Refusal.NOT_OWNER, () -> worker.report("a", SessionState.FAILED, fields));

    assertThat(last("a").detail()).isEqualTo(detail(SessionState.FAILED, fields));
  }

  @Test
  void late_results_count_among_the_latest_lines_and_only_there() {
    other.register();
    claim("a");
    worker.start("a");
    for (int n = 0; n < RULES.kept().events() + 5; n++) {
      String result = "\"" + n + '"';
      refusal(
          Refusal.NOT_OWNER,
          () -> other.report("a", SessionState.COMPLETED, Map.of("result", result)));
    }

    assertThat(timeline("a")).hasSize(RULES.kept().events());
    assertSession("a").isRunningOn(worker);
    passBeating(Duration.ofMinutes(1), worker);
    worker.complete("a");
    assertThat(last("a").kind()).isEqualTo(Kind.ENDED);
  }

  @Test
  void a_late_end_charges_nothing() {
    budget("web", 10_000_000);
    claim(worker, work("a").project("web"));
    passBeating(LEASE, other);
    other.claim("a");

    refusedLate("a", () -> worker.report("a", SessionState.COMPLETED, 9_000_000));

    assertThat(queueOf("web").spentMicroUsd()).isZero();
    assertThat(session("a").costMicroUsd()).isZero();
  }

  private Event last(String id) {
    List<Event> events = timeline(id);
    return events.get(events.size() - 1);
  }

  private static String detail(SessionState state, Map<String, String> fields) {
    return Event.lateResult(new StatusReport(state, new TreeMap<>(fields), -1));
  }
}
