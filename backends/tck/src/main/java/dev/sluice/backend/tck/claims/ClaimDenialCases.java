package dev.sluice.backend.tck.claims;

import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Claim by name": when it is denied. */
abstract class ClaimDenialCases extends Fixture {

  @Test
  void what_another_worker_holds_is_denied() {
    KitWorker owner = worker().register();
    claim(owner, work("a"));

    assertDenied(worker().register(), "a", ClaimDenial.CLAIMED);

    assertSession("a").isClaimedBy(owner);
  }

  /** Ways to be over. */
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
      case DEAD -> {
        sweepAfter(MOMENT);
      }
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

  /**
   * The same worker, registered anew as it is said: it has one slot, which is taken, and drains.
   */
  private KitWorker again(KitWorker worker, KitWorker renewed) {
    worker.deregister();
    renewed.named(worker.id()).capacity(1).register();
    enqueue(work("own").project("app"));
    assertThat(renewed.claimByName("own").denial()).isNull();
    renewed.start("own");
    renewed.beat(1, null, true);
    return renewed;
  }

  @Test
  void work_of_no_project_may_be_claimed_by_any_worker() {
    KitWorker worker = worker().projects("web").register();
    enqueue(work("a"));

    assertThat(worker.claimByName("a").denial()).isNull();
  }

  /** What closes a queue. */
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
      case PAUSE -> queues().pause(org, "web", 0, new AuditNote("ann", ""));
      case CAP -> queues().limit(org, "web", new QueueLimits(0, null), BY);
      case BUDGET -> queues().limit(org, "web", new QueueLimits(null, 0L), BY);
    }
    assertDenied(worker, "a", ClaimDenial.CLOSED);

    resume("web");
    queues().limit(org, "web", QueueLimits.NONE, BY);

    assertThat(worker.claimByName("a").denial()).isNull();
  }

  @Test
  void a_claim_by_name_counts_for_the_cap() {
    queues().limit(org, "web", new QueueLimits(1, null), BY);
    enqueue(work("a").project("web"), work("b").project("web"));

    assertThat(worker.claimByName("b").denial()).isNull();

    assertDenied(worker, "a", ClaimDenial.CLOSED);
    assertThat(worker.take(5)).isEmpty();
  }

  /** Why a worker gets no work. */
  enum Unavailable {
    DRAINS,
    IS_DRAINED,
    QUARANTINED,
    TOO_MANY_RETURNS
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_worker_that_is_not_available_is_denied(Unavailable why) {
    sweepOnce();
    KitWorker worker = worker().capacity(2 * RULES.maxReturns()).register();
    switch (why) {
      case DRAINS -> worker.beat(0, null, true);
      case IS_DRAINED -> worker.drain();
      case QUARANTINED -> {
        for (int n = 0; n < RULES.tries().noShows(); n++) {
          claim(worker, work("missed-" + n));
          passBeating(ACCEPT, worker);
          stop("missed-" + n);
        }
      }
      case TOO_MANY_RETURNS -> {
        enqueue(WorkBuilder.works("nacked-", RULES.maxReturns()));
        takeAll(worker, RULES.maxReturns());
        for (WorkBuilder item : WorkBuilder.works("nacked-", RULES.maxReturns())) {
          worker.nack(item.id());
        }
      }
    }
    enqueue(work("a"));

    assertDenied(worker, "a", ClaimDenial.UNAVAILABLE);
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
