package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Touch, refresh, activity". */
abstract class TouchCases extends Fixture {

  @Test
  void a_touch_accepts_the_claim_and_leaves_its_state() {
    claim("a");
    Session claimed = session("a");
    jump(MOMENT);

    Session touched = worker.touch("a");

    assertThat(touched).isEqualTo(row("a"));
    assertSession("a").isClaimedBy(worker).isAccepted();
    assertThat(touched.updatedAtMs()).isEqualTo(clock.now());
    assertThat(touched.lastSignMs()).isEqualTo(clock.now());
    assertThat(touched.claimedAtMs()).isEqualTo(claimed.claimedAtMs());
    assertThat(touched.startedAtMs()).isZero();
    assertThat(touched.token()).isEqualTo(claimed.token());
    passBeating(ACCEPT, worker);
    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void a_touch_of_running_work_changes_its_times_alone() {
    claim("a");
    worker.report("a", SessionState.RUNNING, Map.of("turns", "7"), 1_500);
    Session running = session("a");
    jump(MOMENT);

    worker.touch("a");

    assertThat(session("a"))
        .usingRecursiveComparison()
        .ignoringFields("updatedAtMs", "claim.lastSignMs")
        .isEqualTo(running);
    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
  }

  @Test
  void a_touch_is_a_sign_of_life() {
    claim("a");
    claim("b");
    worker.touch("b");
    pass(LEASE.minus(MOMENT));

    worker.touch("a");

    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
    pass(LEASE.minus(MOMENT));
    assertSession("b").isClaimedBy(worker);
    pass(MOMENT);
    assertSession("b").isReady();
  }

  @Test
  void an_acceptance_ends_a_row_of_no_shows() {
    sweepOnce();
    claim("a");
    passBeating(ACCEPT, worker);
    assertThat(worker.record().noShows()).isEqualTo(1);
    worker.claim("a");

    worker.touch("a");

    assertThat(worker.record().noShows()).isZero();
  }

  @Test
  void in_the_grace_of_a_stop_a_touch_is_noted_and_releases_nothing() {
    claim("a");
    stop("a");
    Session stopped = session("a");
    jump(MOMENT);

    worker.touch("a");
    worker.touch("a");

    assertSession("a").isStoppingOn(worker);
    assertThat(session("a").updatedAtMs()).isEqualTo(stopped.updatedAtMs());
    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
    assertThat(session("a").releaseByMs()).isEqualTo(stopped.releaseByMs());
  }

  @Test
  void of_ended_work_a_touch_is_a_sign_of_its_workers_life_only() {
    claim("a");
    worker.complete("a");
    Session ended = session("a");
    jump(MOMENT);

    assertThat(worker.touch("a")).isEqualTo(ended.withoutItem());

    assertThat(session("a")).isEqualTo(ended);
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
  }

  @Test
  void about_ended_work_of_a_worker_that_is_gone_nothing_changes() {
    claim("a");
    worker.complete("a");
    worker.deregister();
    jump(MOMENT);

    withoutTrace(() -> assertThat(worker.touch("a")).isEqualTo(row("a")));
    withoutTrace(() -> assertThat(worker.refresh("a").stop()).isTrue());
    withoutTrace(() -> worker.start("a"));
  }

  @Test
  void a_touch_brings_back_a_claim_that_was_lost() {
    long lost = claim("a").token();
    pass(LEASE);
    assertSession("a").isReady();

    Session touched = worker.touch("a");

    assertSession("a").isClaimedBy(worker).isAccepted().hasAttempts(1);
    assertThat(touched.token()).isGreaterThan(lost);
  }

  @Test
  void only_its_owner_may() {
    worker.register();
    other.register();
    enqueue(work("a"), work("broken"));
    damage("broken");

    refusedAsOwnedBy(null, () -> worker.touch("a"));
    worker.claim("a");
    refusedAsOwnedBy(worker, () -> other.touch("a"));
    refusedAsOwnedBy(worker, () -> worker.withToken(1).touch("a"));
    refused(Refusal.NOT_OWNER, () -> worker.by("another-key").touch("a"));
    refused(Refusal.UNKNOWN_SESSION, () -> worker.touch("nowhere"));
    refused(Refusal.DAMAGED, () -> worker.touch("broken"));
    worker.withToken(session("a").token()).touch("a");
  }
}
