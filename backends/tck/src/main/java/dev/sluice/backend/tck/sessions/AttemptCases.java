package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Report". */
abstract class AttemptCases extends Fixture {

  @Test
  void the_same_report_again_is_a_replay_by_the_same_rules() {
    claim("a");

    StatusResult first = report(worker, SessionState.RUNNING, "k", "x");
    assertThat(first.replay()).isFalse();
    assertThat(first.transition()).isEqualTo(Transition.ADVANCE);

    StatusResult again = report(worker, SessionState.RUNNING, "k", "x");
    assertThat(again.replay()).isTrue();
    assertThat(again.transition()).isEqualTo(Transition.MERGE);
    assertThat(again.session()).isEqualTo(first.session());
  }

  @Test
  void another_report_under_its_key_is_refused_and_no_sign_of_life() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");
    jump(MOMENT);

    refused(Refusal.CONFLICT, () -> report(worker, SessionState.RUNNING, "k", "y"));
    refused(Refusal.CONFLICT, () -> report(worker, SessionState.COMPLETED, "k", "y"));

    assertSession("a").isRunningOn(worker);
  }

  @Test
  void one_without_a_key_leaves_the_key_that_is_kept() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");

    assertThat(worker.start("a").replay()).isFalse();

    refused(Refusal.CONFLICT, () -> report(worker, SessionState.RUNNING, "k", "y"));
    assertThat(report(worker, SessionState.RUNNING, "k", "x").replay()).isTrue();
  }

  @Test
  void the_latest_is_kept() {
    claim("a");
    report(worker, SessionState.RUNNING, "k1", "x");
    assertThat(report(worker, SessionState.FINALIZING, "k2", "x").replay()).isFalse();

    assertThat(report(worker, SessionState.RUNNING, "k1", "y").replay()).isFalse();

    refused(Refusal.CONFLICT, () -> report(worker, SessionState.RUNNING, "k1", "x"));
    assertThat(report(worker, SessionState.RUNNING, "k2", "z").replay()).isFalse();
  }

  @Test
  void a_key_must_be_the_same_to_the_byte() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");

    assertThat(report(worker, SessionState.RUNNING, "K", "y").replay()).isFalse();
    assertThat(report(worker, SessionState.RUNNING, " K", "z").replay()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED"})
  void it_is_kept_with_the_end(SessionState end) {
    claim("a");
    report(worker, end, "k", "x");

    StatusResult again = report(worker, end, "k", "x");

    assertThat(again.transition()).isEqualTo(Transition.REPEAT);
    assertThat(again.replay()).isTrue();
    jump(MOMENT);
    refused(Refusal.CONFLICT, () -> report(worker, end, "k", "y"));
    assertThat(timeline("a")).as("no late result").hasSize(3);
  }

  @Test
  void one_of_a_report_that_does_not_count_is_not_kept() {
    claim("a");
    report(worker, SessionState.COMPLETED, "k", "x");

    assertThat(report(worker, SessionState.RUNNING, "late", "x").transition())
        .isEqualTo(Transition.LATE);
    assertThat(report(worker, SessionState.FAILED, "late", "y").transition())
        .isEqualTo(Transition.CONFLICT);
    assertThat(report(worker, SessionState.COMPLETED, "late", "z").transition())
        .isEqualTo(Transition.REPEAT);

    assertThat(report(worker, SessionState.COMPLETED, "k", "x").replay()).isTrue();
    refused(Refusal.CONFLICT, () -> report(worker, SessionState.COMPLETED, "k", "y"));
  }

  @Test
  void in_the_grace_of_a_stop_none_is_kept_and_another_report_does_not_release() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");
    stop("a");
    jump(MOMENT);

    refused(Refusal.CONFLICT, () -> report(worker, SessionState.STOPPED, "k", "y"));
    assertSession("a").isStoppingOn(worker);
    assertThat(report(worker, SessionState.RUNNING, "later", "x").replay()).isFalse();
    assertThat(report(worker, SessionState.FINALIZING, "later", "y").replay()).isFalse();

    assertSession("a").isStopped();
    assertThat(report(worker, SessionState.RUNNING, "k", "x").replay()).isTrue();
  }

  @Test
  void a_new_claim_forgets_it() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");
    requeue("a");
    worker.claim("a");

    assertThat(report(worker, SessionState.COMPLETED, "k", "y").replay()).isFalse();
    requeue("a");
    worker.claim("a");
    assertThat(report(worker, SessionState.COMPLETED, "k", "y").replay()).isFalse();
  }

  @Test
  void a_claim_that_comes_back_has_kept_it() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");
    pass(LEASE);

    refused(Refusal.CONFLICT, () -> report(worker, SessionState.COMPLETED, "k", "y"));
    assertSession("a").isReady();
    StatusResult again = report(worker, SessionState.RUNNING, "k", "x");

    assertThat(again.replay()).isTrue();
    assertThat(again.reattached()).isTrue();
    refused(Refusal.CONFLICT, () -> report(worker, SessionState.COMPLETED, "k", "y"));
  }

  @Test
  void it_goes_over_with_its_session() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");
    other.takeOver("a", worker);

    refused(Refusal.CONFLICT, () -> report(other, SessionState.COMPLETED, "k", "y"));
    assertThat(report(other, SessionState.RUNNING, "k", "x").replay()).isTrue();
  }

  @Test
  void who_is_not_the_owner_is_told_so_first() {
    other.register();
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");

    refused(Refusal.NOT_OWNER, () -> report(other, SessionState.RUNNING, "k", "y"));
    refusedLate("a", () -> report(other, SessionState.COMPLETED, "k", "y"));
    refusedLate("a", () -> report(worker.withToken(1), SessionState.COMPLETED, "k", "y"));
    assertThat(report(worker, SessionState.RUNNING, "k", "x").replay()).isTrue();
  }

  @Test
  void each_session_has_keys_of_its_own() {
    claim("a");
    claim("b");
    report(worker, SessionState.RUNNING, "k", "x");

    assertThat(worker.report("b", attempt(SessionState.RUNNING, "k", "y")).replay()).isFalse();
    assertThat(report(worker, SessionState.RUNNING, "k", "x").replay()).isTrue();
  }

  @Test
  void a_damaged_record_says_so_first() {
    claim("a");
    report(worker, SessionState.RUNNING, "k", "x");
    damage("a");

    refused(Refusal.DAMAGED, () -> report(worker, SessionState.RUNNING, "k", "y"));
  }

  @Test
  void of_many_different_reports_at_once_under_one_key_one_counts() {
    claim("a");

    List<Boolean> counted =
        Together.all(
            8,
            caller -> {
              try {
                return !report(worker, SessionState.COMPLETED, "k", "x" + caller).replay();
              } catch (RefusedException e) {
                assertThat(e.refusal()).isEqualTo(Refusal.CONFLICT);
                return false;
              }
            });

    assertThat(counted).containsOnlyOnce(true);
  }

  @Test
  void of_the_same_report_at_once_by_many_all_but_one_are_replays() {
    claim("a");

    assertThat(Together.all(8, caller -> report(worker, SessionState.COMPLETED, "k", "x").replay()))
        .containsOnlyOnce(false);
  }

  private StatusResult report(KitWorker worker, SessionState state, String key, String body) {
    return worker.report("a", attempt(state, key, body));
  }

  private static StatusReport attempt(SessionState state, String key, String body) {
    return new StatusReport(state, new TreeMap<>(), -1, new Attempt(key, "hash of " + body));
  }
}
