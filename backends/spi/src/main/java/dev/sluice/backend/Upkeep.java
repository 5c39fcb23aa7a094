package dev.sluice.backend;

import dev.sluice.backend.audit.AuditNote;
import java.util.List;
import java.util.Map;

/** Expiry by time, retention, and health. */
public interface Upkeep {

  /** Returns all orgs that something is stored of. */
  List<String> orgs();

  /**
   * Stamps the org and handles due work, at most {@link Rules#dueStep()} of each kind, in one
   * atomic step: not-before times, deadlines, back-offs, pauses, daily budgets; leases and missed
   * accepts; graces of stops; retention. Safe on many nodes at once: everything happens once.
   *
   * <p>If the last stamp is older than {@link Rules#outageGapMs()}, leases, accepts and graces
   * expire at the earliest one time-out from now: an outage takes no work from a worker that speaks
   * after it.
   */
  SweepResult sweepStep(String org);

  /** Repeats {@link #sweepStep} in every org until nothing is due. */
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
   * Returns stored time minus clock at this node's last sweep, ms by org: above {@link
   * StoredTime#WARN_MS}, or negative if the clock was not believed.
   */
  Map<String, Long> timesAhead();

  /**
   * Sets the stored time of an org to the store's clock, back or ahead, like after an outage:
   * leases, accepts and graces expire at the earliest one time-out from now. Time-outs that would
   * end later than one time-out from now are shortened to that: leases, accepts, graces, back-offs,
   * quarantines, offers of messages and jobs. Times given by callers and records of the past stay.
   * Tokens, scores of work put in front and sequence numbers still grow.
   */
  Decided<StoredTime> setTime(String org, AuditNote note);

  /** Returns whether the store answers, and its warnings. Cheap. */
  StoreHealth health();
}
