package dev.sluice.backend.tck.claims;

import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.OwnCause;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the table that no worker tells: docs/rules.md, "Failed runs". */
abstract class OwnCauseCases extends Fixture {

  @BeforeEach
  void begin() {
    sweepOnce();
    other.register();
  }

  private void loses(KitWorker loser, String id, OwnCause cause) {
    switch (cause) {
      case LEASE_LOST -> passBeating(LEASE, other);
      case ACCEPT_MISSED -> passBeating(ACCEPT, loser, other);
      case NACKED -> loser.nack(id, "no space left on device");
      case DENIED -> loser.deny(id, "fallback_not_allowed");
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_does_as_its_row_says(OwnCause cause) {
    claim("a");

    loses(worker, "a", cause);

    Event last = timeline("a").get(timeline("a").size() - 1);
    assertThat(last.cause()).isEqualTo(cause == OwnCause.DENIED ? "nacked" : cause.wire());
    if (cause.remedy() == Remedy.NOW) {
      assertSession("a").isReady().hasNoOwner().hasAttempts(1).hasNacks(0);
      assertThat(session("a").nackers()).isEmpty();
    } else {
      assertSession("a").isReturned().hasNoOwner().hasAttempts(0).hasNacks(1);
      assertThat(session("a").nackers()).extracting(Nacker::workerId).containsExactly(worker.id());
      assertThat(worker.take(5)).isEmpty();
    }
    other.claim("a");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_is_no_failure_of_the_machine(OwnCause cause) {
    claim("a");

    loses(worker, "a", cause);

    assertThat(worker.record().failedRuns()).isNull();
    assertThat(worker.record().noShows()).isEqualTo(cause == OwnCause.ACCEPT_MISSED ? 1 : 0);
    assertThat(worker.record().quarantinedUntilMs()).isZero();
  }

  @Test
  void work_that_silences_each_of_its_workers_dies_all_the_same() {
    enqueue(work("poison"));
    for (int n = 1; n <= RULES.tries().maxAttempts(); n++) {
      assertSession("poison").hasAttempts(n - 1);
      KitWorker next = worker().on("m-1").register();
      next.claim("poison");
      next.start("poison");
      passBeating(LEASE, other);
    }

    assertSession("poison").isDead(DeadReason.MAX_ATTEMPTS);
  }

  @Test
  void a_worker_that_was_silent_and_goes_on_has_cost_its_work_no_run() {
    claim("a");
    worker.start("a");
    passBeating(LEASE, other);

    worker.report("a", SessionState.COMPLETED);

    assertThat(session("a").state()).isEqualTo(SessionState.COMPLETED);
    assertThat(lines("a"))
        .containsSubsequence(List.of(Event.Kind.LEASE_LOST, Event.Kind.REATTACHED));
  }

  @Test
  void a_daemon_that_restarts_costs_the_work_that_its_children_go_on_with_no_attempt() {
    worker.on("m-1").register();
    claim(worker, work("a"));
    worker.start("a");

    KitWorker after = worker().on("m-1").register();
    after.refresh("a");
    passBeating(LEASE, after, other);

    assertSession("a").hasAttempts(0);
    assertThat(session("a").owner()).isEqualTo(after.id());
  }
}
