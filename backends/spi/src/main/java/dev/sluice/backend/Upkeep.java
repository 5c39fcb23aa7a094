package dev.sluice.backend;

import dev.sluice.backend.audit.AuditNote;
import java.util.List;
import java.util.Map;

/** Expiry by time, retention, and the store's own health. */
public interface Upkeep {

  /** The orgs that the store holds anything of. */
  List<String> orgs();

  /**
   * Stamps the org, so that an outage can be told from silence, and handles what is due in it, at
   * most {@link Rules#dueStep()} of each kind, in one atomic step: times of the time-ordered set
   * (work whose time came, deadlines, back-offs, pauses, budgets at midnight); leases and missed
   * accepts; stopped sessions past their grace; records kept long enough. Safe to run on many nodes
   * at once: each thing happens once.
   *
   * <p>If the stamp before is older than {@link Rules#outageGapMs()}, no lease, accept or grace
   * expires before now plus its own time-out: no outage takes work from a worker that speaks
   * afterwards.
   */
  SweepResult sweepStep(String org);

  /** Repeats {@link #sweepStep} in every org until nothing more is due. */
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
   * How far the stored time of each org was ahead of the store's clock at this node's last sweep,
   * ms, by org: those beyond {@link StoredTime#WARN_MS}, and below zero those whose clock was not
   * believed. See {@link StoredTime}.
   */
  Map<String, Long> timesAhead();

  /**
   * Sets the stored time of an org to the store's clock, back or ahead. That counts as an outage:
   * no lease, accept or grace expires before now plus its own time-out. What was to happen after a
   * time-out counted from a time ahead of the clock happens one time-out from now: leases, accepts,
   * graces, back-offs, quarantines, offers of messages and jobs. Times that callers gave stay as
   * given, and so do records of what happened. Tokens, the order of work put in front and sequence
   * numbers go on growing.
   */
  Decided<StoredTime> setTime(String org, AuditNote note);

  /** A cheap look at the store: whether it answers, and what it found wrong. */
  StoreHealth health();
}
