package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Touch, refresh, activity". */
abstract class RefreshCases extends Fixture {

  @Test
  void a_refresh_is_a_touch_that_says_to_go_on() {
    claim("a");
    jump(MOMENT);

    LockState lock = worker.refresh("a");

    assertThat(lock).isEqualTo(new LockState(false, row("a"), null));
    assertSession("a").isClaimedBy(worker).isAccepted();
    assertThat(session("a").updatedAtMs()).isEqualTo(clock.now());
    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
    worker.start("a");
    assertThat(worker.refresh("a").stop()).isFalse();
    assertThat(worker.refresh("a").stop()).isFalse();
  }

  @Test
  void in_the_grace_the_first_one_is_told_and_the_next_releases() {
    KitWorker worker = worker().capacity(1).register();
    claim(worker, work("a"));
    worker.start("a");
    stop("a");
    Session stopped = session("a");
    jump(MOMENT);

    LockState told = worker.refresh("a");
    assertThat(told).isEqualTo(new LockState(true, row("a"), null));
    assertSession("a").isStoppingOn(worker);
    assertThat(session("a").updatedAtMs()).isEqualTo(stopped.updatedAtMs());

    LockState released = worker.refresh("a");
    assertThat(released).isEqualTo(new LockState(true, row("a"), null));
    assertSession("a").isStopped().isOwnedBy(worker);
    assertThat(session("a").endedAtMs()).isEqualTo(stopped.endedAtMs());
    enqueue(work("b"));
    assertThat(worker.take(5)).containsExactly("b");
  }

  @Test
  void other_signs_in_between_are_no_second_refresh() {
    claim("a");
    worker.refresh("a");
    stop("a");
    worker.touch("a");
    worker.start("a");

    assertThat(worker.refresh("a").stop()).isTrue();
    assertSession("a").isStoppingOn(worker);
    worker.touch("a");
    worker.beat();
    assertSession("a").isStoppingOn(worker);
  }

  @Test
  void who_was_told_in_one_run_is_told_anew_in_the_next() {
    claim("a");
    stop("a");
    worker.refresh("a");
    worker.refresh("a");
    requeue("a");
    worker.claim("a");
    assertThat(worker.refresh("a").stop()).isFalse();
    stop("a");

    assertThat(worker.refresh("a").stop()).isTrue();

    assertSession("a").isStoppingOn(worker);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED"})
  void after_the_end_its_owner_is_told_to_stop(SessionState end) {
    claim("a");
    worker.report("a", end);
    Session ended = session("a");
    jump(MOMENT);

    LockState answer = worker.refresh("a");

    assertThat(answer).isEqualTo(new LockState(true, row("a"), null));
    assertUnchanged(session("a"), ended);
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
  }

  @Test
  void of_many_refreshes_at_once_in_the_grace_all_say_stop_and_one_releases() {
    KitWorker worker = worker().capacity(1).register();
    claim(worker, work("a"));
    stop("a");

    assertThat(Together.all(8, caller -> worker.refresh("a").stop())).containsOnly(true);

    assertSession("a").isStopped();
    assertThat(counts().claimed()).isZero();
    assertThat(worker.activeSessions()).isEmpty();
  }

  @Test
  void only_its_owner_may() {
    other.register();
    claim("a");
    stop("a");
    worker.refresh("a");

    refusedAsOwnedBy(worker, () -> other.refresh("a"));
    refused(Refusal.NOT_OWNER, () -> worker.withToken(1).refresh("a"));
    refused(Refusal.UNKNOWN_SESSION, () -> worker.refresh("nowhere"));
    assertSession("a").isStoppingOn(worker);
  }
}
