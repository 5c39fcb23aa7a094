package dev.sluice.backend.tck.workers;

import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Sweep, by org". */
abstract class OutageCases extends Fixture {

  private static final Duration OUTAGE = Duration.ofMinutes(20);
  private static final Duration LONGEST_GAP = Duration.ofMillis(RULES.outageGapMs());

  @Test
  void no_outage_takes_work_from_a_worker_that_speaks_within_a_lease_afterwards() {
    KitWorker worker = running("a");
    sweep();

    jump(OUTAGE);
    pass(LEASE.minus(MOMENT));
    assertSession("a").isRunningOn(worker);
    worker.beat();
    pass(LEASE.minus(MOMENT));

    assertSession("a").isRunningOn(worker).hasAttempts(0);
    assertThat(worker.record().silent()).isFalse();
  }

  @Test
  void what_does_not_speak_after_an_outage_is_taken_a_lease_after_it() {
    KitWorker worker = running("a");
    sweep();

    jump(OUTAGE);
    pass(LEASE.minus(MOMENT));
    assertSession("a").isRunningOn(worker);
    pass(MOMENT);

    assertSession("a").isReady().hasAttempts(1);
  }

  @Test
  void of_two_outages_the_later_counts() {
    KitWorker worker = running("a");
    sweep();

    jump(OUTAGE);
    pass(LEASE.minus(MOMENT));
    jump(OUTAGE);
    pass(LEASE.minus(MOMENT));

    assertSession("a").isRunningOn(worker);
    pass(MOMENT);
    assertSession("a").isReady();
  }

  @Test
  void a_gap_of_a_tenth_of_a_lease_is_no_outage() {
    running("a");
    pass(LEASE.minus(LONGEST_GAP));

    sweepAfter(LONGEST_GAP);

    assertSession("a").isReady();
  }

  @Test
  void a_gap_of_more_than_a_tenth_of_a_lease_is_an_outage() {
    KitWorker worker = running("a");
    pass(LEASE.minus(LONGEST_GAP));

    jump(LONGEST_GAP.plus(MOMENT));
    pass(LEASE.minus(MOMENT));

    assertSession("a").isRunningOn(worker);
  }

  @Test
  void before_the_first_sweep_ever_there_was_an_outage() {
    KitWorker worker = running("a");

    sweepAfter(OUTAGE);

    assertSession("a").isRunningOn(worker);
    pass(LEASE);
    assertSession("a").isReady();
  }

  @Test
  void an_outage_gives_a_new_claim_its_whole_time_to_be_accepted() {
    claim("a");
    sweep();

    jump(OUTAGE);
    passBeating(ACCEPT.minus(MOMENT), worker);
    assertSession("a").isClaimedBy(worker);
    pass(MOMENT);

    assertSession("a").isReady().hasAttempts(1);
  }

  @Test
  void an_outage_gives_the_go_daemon_its_own_time_to_accept() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    sweep();

    jump(OUTAGE);
    Duration accept = Duration.ofMillis(RULES.acceptGoDaemonMs());
    passBeating(accept.minus(MOMENT), worker);
    assertSession("a").isClaimedBy(worker);
    pass(MOMENT);

    assertSession("a").isReady();
  }

  @Test
  void a_claim_made_after_an_outage_has_its_usual_time_to_be_accepted() {
    worker.register();
    enqueue(work("a"));
    sweep();
    sweepAfter(OUTAGE);
    passBeating(ACCEPT, worker);

    worker.claim("a");
    passBeating(ACCEPT.minus(MOMENT), worker);
    assertSession("a").isClaimedBy(worker);
    pass(MOMENT);

    assertSession("a").isReady();
  }

  @Test
  void an_outage_gives_a_stopped_worker_a_lease_to_say_so() {
    KitWorker worker = running("a");
    sweep();
    stop("a");

    jump(OUTAGE);
    passBeating(LEASE.minus(MOMENT), worker);
    assertSession("a").isStoppingOn(worker);
    pass(MOMENT);

    assertSession("a").isStopped();
  }

  @Test
  void back_offs_end_during_an_outage() {
    claim("a");
    worker.nack("a");
    sweep();

    sweepAfter(OUTAGE);

    assertSession("a").isReady();
  }
}
