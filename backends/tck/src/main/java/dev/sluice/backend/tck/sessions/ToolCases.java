package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.RulesBuilder;
import dev.sluice.backend.tck.Together;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Touch, refresh, activity". */
abstract class ToolCases extends Fixture {

  @Test
  void the_last_tool_is_kept_and_all_are_counted() {
    claim("a");
    assertThat(session("a").tools()).isNull();

    worker.use("a", "grep");
    assertThat(session("a").tools()).isEqualTo(new ToolUse("grep", clock.now(), 1));
    jump(MOMENT);
    worker.use("a", "edit");
    jump(MOMENT);
    worker.tell("a", "thought", "no tool");
    worker.start("a");

    assertThat(session("a").tools()).isEqualTo(new ToolUse("edit", clock.now() - 1, 2));
  }

  @Test
  void its_fields_are_merged_as_those_of_a_report() {
    claim("a");
    worker.report("a", SessionState.RUNNING, Map.of("kept", "1", "changed", "\"before\""));

    worker.tell("a", activity(null, Map.of("changed", "\"after\"", "new", "{\"x\": [1]}")));

    assertThat(session("a").fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("kept", "1", "changed", "\"after\"", "new", "{\"x\": [1]}"));
  }

  @Test
  void the_answer_has_the_line_and_the_session_after_it() {
    claim("a");
    jump(MOMENT);

    ActivityResult result = worker.tell("a", activity("grep", Map.of("x", "1")));

    assertThat(result.activity()).isEqualTo(new Activity(1, clock.now(), "action", "body"));
    assertThat(result.session()).isEqualTo(row("a"));
    assertThat(result.session().tools()).isEqualTo(new ToolUse("grep", clock.now(), 1));
    assertThat(result.session().fields()).isEqualTo(Map.of("x", "1"));
    assertThat(result.session().updatedAtMs()).isEqualTo(clock.now());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED"})
  void of_an_ended_session_only_the_line_is_added(SessionState end) {
    claim("a");
    worker.use("a", "grep");
    worker.report("a", end);
    Session ended = session("a");
    jump(MOMENT);

    ActivityResult result = worker.tell("a", activity("edit", Map.of("x", "1")));

    assertThat(result.activity().id()).isEqualTo(2);
    assertThat(result.session()).isEqualTo(row("a"));
    assertUnchanged(session("a"), ended);
    worker.deregister();
    assertUnchanged(
        worker.tell("a", activity("edit", Map.of("x", "1"))).session(), ended.withoutItem());
  }

  @Test
  void in_the_grace_of_a_stop_too() {
    claim("a");
    worker.use("a", "grep");
    stop("a");
    Session stopped = session("a");

    Session after = worker.tell("a", activity("edit", Map.of("x", "1"))).session();

    assertThat(after.tools()).isEqualTo(stopped.tools());
    assertThat(after.fields()).isEqualTo(stopped.fields());
    assertThat(sessions().activities(org, "a", 0, 10)).hasSize(2);
  }

  @Test
  void a_new_claim_starts_from_none() {
    claim("a");
    worker.use("a", "grep");
    worker.nack("a");

    other.claim("a");

    assertThat(session("a").tools()).isNull();
    assertThat(other.use("a", "edit").tools()).isEqualTo(new ToolUse("edit", clock.now(), 1));
  }

  @Test
  void a_requeued_end_has_none() {
    claim("a");
    worker.use("a", "grep");
    worker.complete("a");
    assertThat(session("a").tools()).isEqualTo(new ToolUse("grep", clock.now(), 1));

    assertThat(requeue("a").tools()).isNull();
  }

  @Test
  void a_claim_that_comes_back_goes_on_counting() {
    claim("a");
    worker.use("a", "grep");
    pass(LEASE);
    assertThat(session("a").tools()).isNotNull();

    assertThat(worker.use("a", "edit").tools()).isEqualTo(new ToolUse("edit", clock.now(), 2));

    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void one_that_goes_over_goes_on_counting() {
    claim("a");
    worker.use("a", "grep");
    other.takeOver("a", worker);

    assertThat(other.use("a", "edit").tools()).isEqualTo(new ToolUse("edit", clock.now(), 2));
  }

  @Test
  void more_are_counted_than_lines_are_kept() {
    openWith(RulesBuilder.rules().lines(3, 100));
    claim("a");
    for (int n = 1; n <= 5; n++) {
      worker.use("a", "tool " + n);
    }

    assertThat(session("a").tools()).isEqualTo(new ToolUse("tool 5", clock.now(), 5));
    assertThat(sessions().activities(org, "a", 0, 10)).hasSize(3);
  }

  @Test
  void what_is_refused_leaves_nothing() {
    other.register();
    claim("a");
    NewActivity activity = activity("grep", Map.of("x", "1"));

    refused(Refusal.NOT_OWNER, () -> other.tell("a", activity));
    refused(Refusal.NOT_OWNER, () -> worker.withToken(1).tell("a", activity));
    refused(Refusal.UNKNOWN_SESSION, () -> worker.tell("nowhere", activity));

    assertThat(session("a").tools()).isNull();
    assertThat(session("a").fields()).isEmpty();
  }

  @Test
  void of_many_at_once_each_counts() {
    claim("a");

    Together.all(16, caller -> worker.use("a", "tool " + caller));

    assertThat(session("a").tools()).extracting(ToolUse::count).isEqualTo(16L);
  }

  private static NewActivity activity(@Nullable String tool, Map<String, String> fields) {
    return new NewActivity("action", "body", tool, new TreeMap<>(fields));
  }
}
