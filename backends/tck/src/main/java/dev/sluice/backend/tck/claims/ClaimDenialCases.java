package dev.sluice.backend.tck.claims;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Claim by name". */
abstract class ClaimDenialCases extends Fixture {

  @Test
  void what_another_worker_holds_is_denied() {
    claim("a");

    assertDenied(worker().register(), "a", ClaimDenial.CLAIMED);

    assertSession("a").isClaimedBy(worker);
  }

  enum Over {
    STOPPING,
    RELEASED,
    COMPLETED,
    STOPPED_WAITING,
    DEAD
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void what_is_over_is_denied_to_its_last_owner_and_to_others(Over over) {
    worker.register();
    enqueue(work("a").deadline(clock.now() + 1));
    switch (over) {
      case STOPPING -> {
        worker.claim("a");
        stop("a");
      }
      case RELEASED -> {
        worker.claim("a");
        stop("a");
        worker.report("a", SessionState.STOPPED);
      }
      case COMPLETED -> {
        worker.claim("a");
        worker.complete("a");
      }
      case STOPPED_WAITING -> stop("a");
      case DEAD -> sweepAfter(MOMENT);
    }

    assertDenied(worker, "a", ClaimDenial.ENDED);
    assertDenied(worker().register(), "a", ClaimDenial.ENDED);
  }

  @Test
  void what_is_not_before_its_time_is_denied() {
    enqueue(work("a").notBefore(clock.now() + 1));
    assertDenied(worker, "a", ClaimDenial.LATER);

    sweepAfter(MOMENT);

    assertThat(worker.claimByName("a").denial()).isNull();
  }

  @Test
  void each_reason_is_said_as_long_as_none_before_it_applies() {
    KitWorker worker = worker().projects("web").can("gpu").register();
    claim(worker, work("a").issue("i").project("web").needs("gpu"));
    worker.nack("a");
    enqueue(work("best").issue("i").project("web").needs("gpu").priority(1));
    queues().pause(org, "web", 0, new AuditNote("ann", "release day"));
    // From here on all reasons apply, and one after the other is taken away.
    worker = again(worker, worker().projects("app"));
    assertDenied(worker, "a", ClaimDenial.PARKED);

    stop("best");
    assertDenied(worker, "a", ClaimDenial.NACKED);

    pass(BACK_OFF);
    assertDenied(worker, "a", ClaimDenial.PROJECT);

    worker = again(worker, worker().projects("app", "web"));
    assertDenied(worker, "a", ClaimDenial.CAPABILITY);

    worker = again(worker, worker().projects("app", "web").can("gpu", "arm"));
    assertDenied(worker, "a", ClaimDenial.CLOSED);

    resume("web");
    assertDenied(worker, "a", ClaimDenial.UNAVAILABLE);

    worker.beat(1, null, false);
    assertDenied(worker, "a", ClaimDenial.FULL);

    worker.complete("own");
    assertThat(worker.claimByName("a").denial()).isNull();
  }

  private KitWorker again(KitWorker worker, KitWorker renewed) {
    worker.deregister();
    renewed.named(worker.id()).capacity(1).register();
    enqueue(work("own").project("app"));
    assertThat(renewed.claimByName("own").denial()).isNull();
    renewed.start("own");
    renewed.beat(1, null, true);
    return renewed;
  }

  enum Closing {
    PAUSE,
    CAP,
    BUDGET
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_closed_queue_hands_out_nothing_by_name(Closing closing) {
    enqueue(work("a").project("web"));
    switch (closing) {
      case PAUSE -> pause("web", 0);
      case CAP -> cap("web", 0);
      case BUDGET -> budget("web", 0);
    }
    assertDenied(worker, "a", ClaimDenial.CLOSED);

    resume("web");
    unlimit("web");

    assertThat(worker.claimByName("a").denial()).isNull();
  }

  @Test
  void a_claim_parks_what_else_its_issue_has() {
    enqueue(work("a").issue("i"), work("b").issue("i"));
    assertDenied(worker, "b", ClaimDenial.PARKED);

    worker.claimByName("a");

    assertDenied(worker, "b", ClaimDenial.PARKED);
    worker.complete("a");
    assertThat(worker.claimByName("b").denial()).isNull();
  }

  @Test
  void a_claim_by_name_is_a_sign_of_life_denied_or_not() {
    claim("kept");
    worker.start("kept");
    enqueue(work("a"));
    other.claimByName("a");
    pass(LEASE.minus(MOMENT));

    assertDenied(worker, "a", ClaimDenial.CLAIMED);

    pass(LEASE.minus(MOMENT));
    assertSession("kept").isRunningOn(worker);
    worker.claimByName("kept");
    pass(Duration.ofMillis(1));
    assertSession("kept").isRunningOn(worker);
  }

  private void assertDenied(KitWorker worker, String id, ClaimDenial denial) {
    Session before = session(id);

    ClaimResult result = worker.claimByName(id);

    assertThat(result.denial()).isEqualTo(denial);
    assertThat(result.session()).isEqualTo(before);
    assertThat(session(id)).isEqualTo(before);
    assertThat(worker.record().lastSeenMs()).as("a sign of life").isEqualTo(clock.now());
  }
}
