package dev.sluice.backend;

import java.util.List;

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

  /** A cheap look at the store: whether it answers, and what it found wrong. */
  StoreHealth health();
}
