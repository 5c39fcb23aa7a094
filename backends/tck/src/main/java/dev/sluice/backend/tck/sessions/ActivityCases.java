package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Touch, refresh, activity". */
abstract class ActivityCases extends Fixture {

  @Test
  void activities_are_numbered_from_one_and_kept_as_told() {
    claim("a");
    Activity first = worker.tell("a", "thought", "first");
    jump(MOMENT);

    Activity second = worker.tell("a", "tool", "{\"é\":\"\ud83d\ude80\\u0000\"}\n\u0000 ");

    assertThat(first).isEqualTo(new Activity(1, clock.now() - 1, "thought", "first"));
    assertThat(second)
        .isEqualTo(
            new Activity(2, clock.now(), "tool", "{\"é\":\"\ud83d\ude80\\u0000\"}\n\u0000 "));
    assertThat(activities("a", 0, 10)).containsExactly(first, second);
  }

  @Test
  void a_body_may_be_empty_and_as_large_as_is_allowed() {
    claim("a");
    String large = "x".repeat(NewActivity.MAX_BODY_BYTES);

    worker.tell("a", "t", "");
    worker.tell("a", "t", large);

    assertThat(activities("a", 0, 10)).extracting(Activity::body).containsExactly("", large);
  }

  @Test
  void an_activity_is_a_touch() {
    claim("a");
    jump(MOMENT);

    worker.tell("a", "thought", "hm");

    assertSession("a").isClaimedBy(worker).isAccepted();
    assertThat(session("a").updatedAtMs()).isEqualTo(clock.now());
    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
  }

  @Test
  void each_session_has_ids_of_its_own() {
    claim("a");
    claim("b");
    worker.tell("a", "t", "a1");

    assertThat(worker.tell("b", "t", "b1").id()).isEqualTo(1);
    assertThat(worker.tell("a", "t", "a2").id()).isEqualTo(2);
    assertThat(activities("b", 0, 10)).extracting(Activity::body).containsExactly("b1");
  }

  @Test
  void the_latest_are_kept_and_ids_go_on() {
    claim("a");
    int kept = RULES.kept().activities();
    for (int n = 1; n <= kept + 10; n++) {
      worker.tell("a", "t", "body " + n);
    }

    List<Activity> activities = activities("a", 0, 1_000);

    assertThat(activities)
        .extracting(Activity::id)
        .containsExactlyElementsOf(LongStream.rangeClosed(11, kept + 10).boxed().toList());
    assertThat(activities.get(0).body()).isEqualTo("body 11");
  }

  @Test
  void they_are_read_in_parts() {
    claim("a");
    for (int n = 1; n <= 7; n++) {
      worker.tell("a", "t", "" + n);
    }

    assertThat(activities("a", 0, 3)).extracting(Activity::id).containsExactly(1L, 2L, 3L);
    assertThat(activities("a", 3, 3)).extracting(Activity::id).containsExactly(4L, 5L, 6L);
    assertThat(activities("a", 6, 3)).extracting(Activity::id).containsExactly(7L);
    assertThat(activities("a", 7, 3)).isEmpty();
    assertThat(activities("a", 1_000, 3)).isEmpty();
  }

  @Test
  void there_are_none_after_the_greatest_id() {
    claim("a");
    worker.tell("a", "t", "only");

    assertThat(activities("a", 1, 10)).isEmpty();
    assertThat(activities("a", Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void a_session_without_any_has_none() {
    enqueue(work("a"));

    assertThat(activities("a", 0, 10)).isEmpty();
  }

  @Test
  void they_survive_a_requeue_and_ids_go_on_in_the_next_run() {
    claim("a");
    worker.tell("a", "t", "first run");
    worker.fail("a");
    requeue("a");
    worker.claim("a");

    assertThat(worker.tell("a", "t", "second run").id()).isEqualTo(2);

    assertThat(activities("a", 0, 10))
        .extracting(Activity::body)
        .containsExactly("first run", "second run");
  }

  @Test
  void its_last_owner_may_tell_of_an_ended_session() {
    claim("a");
    worker.complete("a");
    Session ended = session("a");
    jump(MOMENT);

    worker.tell("a", "t", "afterwards");

    assertThat(activities("a", 0, 10)).extracting(Activity::body).containsExactly("afterwards");
    assertThat(session("a")).isEqualTo(ended);
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
  }

  @Test
  void it_may_be_told_of_in_the_grace_of_a_stop_which_releases_nothing() {
    claim("a");
    stop("a");

    worker.tell("a", "t", "winding down");
    worker.tell("a", "t", "still");

    assertSession("a").isStoppingOn(worker);
    assertThat(activities("a", 0, 10)).hasSize(2);
  }

  @Test
  void of_anybody_else_nothing_is_kept() {
    worker.register();
    other.register();
    enqueue(work("a"));

    refused(Refusal.NOT_OWNER, () -> worker.tell("a", "t", "not yet"));
    worker.claim("a");
    refused(Refusal.NOT_OWNER, () -> other.tell("a", "t", "not mine"));
    refused(Refusal.NOT_OWNER, () -> worker.withToken(1).tell("a", "t", "older"));

    assertThat(activities("a", 0, 10)).isEmpty();
    assertThat(worker.tell("a", "t", "mine").id()).isEqualTo(1);
  }

  @Test
  void of_unknown_and_damaged_sessions_there_are_none_to_read_or_tell() {
    claim("broken");
    worker.tell("broken", "t", "before");
    damage("broken");

    refused(Refusal.DAMAGED, () -> worker.tell("broken", "t", "after"));
    refused(Refusal.DAMAGED, () -> activities("broken", 0, 10));
    refused(Refusal.UNKNOWN_SESSION, () -> worker.tell("nowhere", "t", "x"));
    refused(Refusal.UNKNOWN_SESSION, () -> activities("nowhere", 0, 10));
  }

  @Test
  void many_at_once_have_ids_without_gaps() {
    claim("a");

    List<Long> ids = Together.all(16, caller -> worker.tell("a", "t", "" + caller).id());

    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 16).boxed().toList());
    assertThat(activities("a", 0, 100)).extracting(Activity::id).isSorted().hasSize(16);
  }

  private List<Activity> activities(String id, long afterId, int limit) {
    return sessions().activities(org, id, afterId, limit);
  }
}
