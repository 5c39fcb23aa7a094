package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md, "Report". */
abstract class TransitionCases extends Fixture {

  @ParameterizedTest(name = "{0} reported as {1}: {2}, {3} from then on")
  @CsvSource({
    // state, reported, transition, state after it
    "CLAIMED,    RUNNING,    ADVANCE,  RUNNING",
    "CLAIMED,    FINALIZING, ADVANCE,  FINALIZING",
    "CLAIMED,    COMPLETED,  ADVANCE,  COMPLETED",
    "CLAIMED,    FAILED,     ADVANCE,  FAILED",
    "CLAIMED,    STOPPED,    ADVANCE,  STOPPED",
    "RUNNING,    RUNNING,    MERGE,    RUNNING",
    "RUNNING,    FINALIZING, ADVANCE,  FINALIZING",
    "RUNNING,    COMPLETED,  ADVANCE,  COMPLETED",
    "RUNNING,    FAILED,     ADVANCE,  FAILED",
    "RUNNING,    STOPPED,    ADVANCE,  STOPPED",
    "FINALIZING, RUNNING,    MERGE,    FINALIZING",
    "FINALIZING, FINALIZING, MERGE,    FINALIZING",
    "FINALIZING, COMPLETED,  ADVANCE,  COMPLETED",
    "FINALIZING, FAILED,     ADVANCE,  FAILED",
    "FINALIZING, STOPPED,    ADVANCE,  STOPPED",
    "COMPLETED,  RUNNING,    LATE,     COMPLETED",
    "COMPLETED,  FINALIZING, LATE,     COMPLETED",
    "COMPLETED,  COMPLETED,  REPEAT,   COMPLETED",
    "COMPLETED,  FAILED,     CONFLICT, COMPLETED",
    "COMPLETED,  STOPPED,    CONFLICT, COMPLETED",
    "FAILED,     RUNNING,    LATE,     FAILED",
    "FAILED,     FINALIZING, LATE,     FAILED",
    "FAILED,     COMPLETED,  CONFLICT, FAILED",
    "FAILED,     FAILED,     REPEAT,   FAILED",
    "FAILED,     STOPPED,    CONFLICT, FAILED",
    "STOPPED,    RUNNING,    LATE,     STOPPED",
    "STOPPED,    FINALIZING, LATE,     STOPPED",
    "STOPPED,    COMPLETED,  CONFLICT, STOPPED",
    "STOPPED,    FAILED,     CONFLICT, STOPPED",
    "STOPPED,    STOPPED,    REPEAT,   STOPPED",
  })
  void report(
      SessionState state, SessionState reported, Transition transition, SessionState after) {
    bring(worker, state);
    Session before = session("a");
    jump(MOMENT);

    StatusResult result = worker.report("a", reported, Map.of("note", "\"new\""));

    assertThat(result.transition()).isEqualTo(transition);
    assertThat(result.reattached()).isFalse();
    assertThat(result.session()).isEqualTo(row("a"));
    if (transition == Transition.ADVANCE || transition == Transition.MERGE) {
      assertSession("a")
          .is(after.terminal() ? Place.ENDED : Place.CLAIMED, after)
          .isOwnedBy(worker)
          .isAccepted();
      assertThat(session("a").fields()).containsEntry("note", "\"new\"");
      assertThat(session("a").updatedAtMs()).isEqualTo(clock.now());
      assertThat(session("a").token()).isEqualTo(before.token());
    } else {
      assertUnchanged(session("a"), before);
    }
  }

  private void bring(KitWorker worker, SessionState state) {
    claim(worker, work("a"));
    if (state == SessionState.FINALIZING) {
      worker.start("a");
    }
    if (state != SessionState.CLAIMED) {
      worker.report("a", state);
    }
    assertThat(session("a").state()).isEqualTo(state);
  }

  @Test
  void fields_that_a_report_does_not_name_stay() {
    claim("a");

    worker.report("a", SessionState.RUNNING, Map.of("cost", "1.50", "model", "\"large\""));
    worker.report("a", SessionState.RUNNING, Map.of("cost", "2.0", "turns", "[]"));
    worker.report("a", SessionState.COMPLETED, Map.of("result", "{\"ok\":true}"));

    assertThat(session("a").fields())
        .containsExactly(
            Map.entry("cost", "2.0"),
            Map.entry("model", "\"large\""),
            Map.entry("result", "{\"ok\":true}"),
            Map.entry("turns", "[]"));
  }

  @Test
  void the_first_running_of_a_claim_is_its_start() {
    claim("a");
    jump(MOMENT);
    long start = clock.now();

    worker.start("a");
    jump(MOMENT);
    worker.start("a");
    worker.report("a", SessionState.FINALIZING);

    assertThat(session("a").startedAtMs()).isEqualTo(start);
    assertThat(session("a").endedAtMs()).isZero();
  }

  @Test
  void what_never_ran_has_no_start() {
    claim("a");

    worker.report("a", SessionState.FINALIZING);
    worker.start("a");
    worker.fail("a");

    assertThat(session("a").startedAtMs()).isZero();
  }

  @Test
  void an_end_is_recorded_once_with_its_time_owner_and_token() {
    long token = claim("a").token();
    worker.start("a");
    jump(MOMENT);
    long end = clock.now();

    worker.complete("a");
    jump(MOMENT);
    worker.complete("a");
    worker.fail("a");

    assertSession("a").isCompleted().isOwnedBy(worker);
    assertThat(session("a").endedAtMs()).isEqualTo(end);
    assertThat(session("a").updatedAtMs()).isEqualTo(end);
    assertThat(session("a").token()).isEqualTo(token);
  }

  @Test
  void a_repeated_end_frees_one_slot() {
    enqueue(works("a-", 6));
    KitWorker worker = worker().capacity(3).register();
    assertThat(worker.take(5)).hasSize(3);

    worker.complete("a-001");
    worker.complete("a-001");
    worker.fail("a-001");
    worker.start("a-001");

    assertThat(worker.activeSessions()).containsExactly("a-002", "a-003");
    assertThat(counts().claimed()).isEqualTo(2);
    assertThat(worker.take(5)).containsExactly("a-004");
  }

  @Test
  void of_the_same_end_reported_by_many_at_once_one_counts() {
    enqueue(works("a-", 6));
    KitWorker worker = worker().capacity(3).register();
    assertThat(worker.take(5)).hasSize(3);

    List<Transition> transitions =
        Together.all(16, caller -> worker.complete("a-001").transition());

    assertThat(Collections.frequency(transitions, Transition.ADVANCE)).isEqualTo(1);
    assertThat(Collections.frequency(transitions, Transition.REPEAT)).isEqualTo(15);
    assertThat(counts().claimed()).isEqualTo(2);
    assertThat(worker.take(5)).containsExactly("a-004");
  }

  @Test
  void of_different_ends_reported_at_once_one_is_recorded() {
    claim("a");
    List<SessionState> ends =
        List.of(SessionState.COMPLETED, SessionState.FAILED, SessionState.STOPPED);

    List<StatusResult> results =
        Together.all(15, caller -> worker.report("a", ends.get(caller % ends.size())));

    SessionState recorded = session("a").state();
    assertThat(results)
        .allSatisfy(result -> assertThat(result.session().state()).isEqualTo(recorded));
    assertThat(results).filteredOn(result -> result.transition() == Transition.ADVANCE).hasSize(1);
    assertThat(results).filteredOn(result -> result.transition() == Transition.REPEAT).hasSize(4);
  }

  @Test
  void an_end_takes_the_messages_with_it() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "too late");

    worker.complete("a");

    assertThat(worker.read()).isEmpty();
  }

  @Test
  void an_ended_session_is_never_handed_out_again() {
    claim("a");
    worker.complete("a");

    pass(LEASE);

    assertThat(worker.take(5)).isEmpty();
    assertSession("a").isCompleted();
  }
}
