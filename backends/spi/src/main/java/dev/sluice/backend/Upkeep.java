package dev.sluice.backend;

import dev.sluice.backend.audit.AuditNote;
import java.util.List;
import java.util.Map;

/** Expiry by time, retention, and health. */
public interface Upkeep {

  /** All orgs with stored data. */
  List<String> orgs();

  /**
   * Stamps the org and handles due work, at most {@link Rules#dueStep()} of each kind, in one
   * atomic step: not-before times, deadlines, back-offs, pauses, budgets, leases, missed accepts,
   * stop graces, retention. Safe on many nodes at once: everything happens once.
   *
   * <p>If the last stamp is older than {@link Rules#outageGapMs()}, leases, accepts and graces
   * expire at the earliest one time-out from now: an outage takes no work from a worker that speaks
   * after it.
   */
  SweepResult sweepStep(String org);

  default SweepResult sweep() {
    SweepResult all = SweepResult.NOTHING;
    for (String org : orgs()) {
      SweepResult step;
      do {
        step = sweepStep(org);
        all = all.and(step);
      } while (step.more());
    }
    return all;
  }

  /**
   * Stored time minus clock at this node's last sweep, ms by org: above {@link StoredTime#WARN_MS},
   * or negative if the clock was not believed.
   */
  Map<String, Long> timesAhead();

  /**
   * Sets an org's stored time to the store's clock, like after an outage: leases, accepts and
   * graces expire at the earliest one time-out from now. Later ends are shortened to that, also of
   * back-offs, quarantines and offers. Times given by callers and records of the past stay. Tokens,
   * scores of work put in front and sequence numbers still grow.
   */
  Decided<StoredTime> setTime(String org, AuditNote note);

  /** Cheap. */
  StoreHealth health();
}
