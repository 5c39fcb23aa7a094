package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.TransferVerbs;
import dev.sluice.backend.transfer.OrgRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The closed time counts as an outage, where the org comes from and where it goes. */
abstract class ClosedTimeCases extends TransferVerbs {

  private static final Duration LONG = Duration.ofMinutes(20);

  @Test
  void a_closed_org_is_not_swept() {
    running("a");
    claim("b");
    enqueue(work("c").deadline(clock.now() + 1));
    sweep();
    close(org, Purpose.EXPORT);
    List<OrgRecord> before = read(org);

    jump(LONG);

    assertThat(sweepStep()).isEqualTo(SweepResult.NOTHING);
    assertThat(read(org)).isEqualTo(before);
  }

  @Test
  void no_lease_ends_by_it() {
    KitWorker runner = running("a");
    sweep();
    close(org, Purpose.EXPORT);
    jump(LONG);
    open(org);

    assertLeaseFromNow(org, runner);
  }

  @Test
  void no_claim_is_missed_by_it() {
    claim("a");
    sweep();
    close(org, Purpose.EXPORT);
    jump(LONG);
    open(org);
    sweep();

    passBeating(ACCEPT.minus(MOMENT), worker);
    assertSession("a").isClaimedBy(worker);
    passBeating(MOMENT, worker);
    assertSession("a").isReady().hasAttempts(1);
  }

  @Test
  void no_lease_ends_while_an_org_moves() {
    KitWorker runner = running("a");
    sweep();
    List<OrgRecord> records = OrgCopy.leave(backend(), org);
    jump(LONG);
    String copy = newOrg();
    OrgCopy.enter(backend(), copy, records);

    assertLeaseFromNow(copy, runner);
  }

  @Test
  void nor_if_the_target_was_swept_all_the_time() {
    KitWorker runner = running("a");
    sweep();
    List<OrgRecord> records = OrgCopy.leave(backend(), org);
    String copy = newOrg();
    audit().add(copy, BY, "look", "an item", "");
    jump(LONG);
    upkeep().sweepStep(copy);
    OrgCopy.enter(backend(), copy, records);

    assertLeaseFromNow(copy, runner);
  }

  @Test
  void nor_while_it_moves_to_another_server() {
    KitWorker runner = running("a");
    sweep();
    List<OrgRecord> records = OrgCopy.leave(backend(), org);
    jump(LONG);
    String copy = newOrg();
    OrgCopy.enter(backend(), copy, records);
    String again = newOrg();
    List<OrgRecord> more = OrgCopy.leave(backend(), copy);
    jump(LONG);
    OrgCopy.enter(backend(), again, more);

    assertLeaseFromNow(again, runner);
  }

  /** The session runs for another lease, and no longer. */
  private void assertLeaseFromNow(String where, KitWorker runner) {
    long step = RULES.outageGapMs();
    upkeep().sweepStep(where);
    for (long left = RULES.leaseMs() - 1; left > 0; left -= step) {
      jump(Duration.ofMillis(Math.min(step, left)));
      upkeep().sweepStep(where);
    }
    assertThat(sessions().find(where, "a").owner()).isEqualTo(runner.id());
    jump(MOMENT);
    upkeep().sweepStep(where);
    assertThat(sessions().find(where, "a").owner()).isNull();
  }
}
