package dev.sluice.backend.tck.model;

import dev.sluice.backend.Event;
import dev.sluice.backend.Names;
import dev.sluice.backend.SweepResult;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** One step of a sweep of one org: docs/rules.md, "Sweep, by org". */
final class SweepStep {

  private final OrgState org;
  private final int most;
  private int leasesLost;
  private int acceptsMissed;
  private int released;

  /** Whether some kind came to its limit. */
  private boolean more;

  SweepStep(OrgState org) {
    this.org = org;
    most = org.rules.dueStep();
  }

  SweepResult run() {
    stamp();
    int due = counted(Due.handle(org, most));
    loseLeases();
    missAccepts();
    endGraces();
    Retirement.deleteIdle(org);
    Retention retention = new Retention(org);
    int pruned =
        counted(retention.pruneEnded())
            + counted(retention.pruneDead())
            + counted(retention.pruneArchives())
            + counted(retention.pruneWorkers())
            + counted(retention.pruneJobs())
            + counted(retention.pruneAudit())
            + counted(retention.pruneReplays())
            + counted(retention.pruneStopRuns());
    return new SweepResult(leasesLost, acceptsMissed, released, due, pruned, more);
  }

  private int counted(int handled) {
    more |= handled >= most;
    return handled;
  }

  private void stamp() {
    if (org.lastSweep == 0 || org.now - org.lastSweep > org.rules.outageGapMs()) {
      org.gapEnd = org.now;
    }
    org.lastSweep = org.now;
  }

  private void loseLeases() {
    List<ModelWorker> silent =
        org.workers.stream()
            .filter(worker -> !worker.silent && over(worker.leaseUntil, org.rules.leaseMs()))
            .sorted(
                Comparator.<ModelWorker>comparingLong(worker -> worker.leaseUntil)
                    .thenComparing(ModelWorker::id, Names::compareBytes))
            .limit(most)
            .toList();
    counted(silent.size());
    for (ModelWorker worker : silent) {
      org.change();
      worker.silent = true;
      for (ModelSession session : org.activeSet(worker)) {
        if (session.damaged) {
          continue;
        }
        if (session.inStopGrace()) {
          Ending.release(org, session, Event.LEASE_OVER);
          released++;
        } else {
          ComingBack.comeBack(org, session, ComingBack.Way.LEASE_LOST);
          leasesLost++;
        }
      }
    }
  }

  private void missAccepts() {
    List<ModelSession> missed =
        first(
            session ->
                session.claimed()
                    && session.acceptBy != 0
                    && over(session.acceptBy, session.acceptBy - session.claimedAt),
            session -> session.acceptBy);
    acceptsMissed = counted(missed.size());
    for (ModelSession session : missed) {
      ModelWorker worker = org.findWorker(session.holder()).orElseThrow();
      ComingBack.comeBack(org, session, ComingBack.Way.ACCEPT_MISSED);
      countNoShow(worker, session.claimedAt);
    }
  }

  private void countNoShow(ModelWorker worker, long claimedAt) {
    if (claimedAt <= worker.judgedUntil || claimedAt <= org.gapEnd) {
      return;
    }
    worker.judgedUntil = claimedAt;
    worker.noShows++;
    if (worker.noShows >= org.rules.tries().noShows()) {
      worker.noShows = 0;
      worker.judgedUntil = org.now;
      worker.quarantinedUntil = org.now + org.rules.tries().quarantineMs(worker.quarantines);
      worker.quarantines++;
    }
  }

  private void endGraces() {
    List<ModelSession> over =
        first(
            session -> session.inStopGrace() && over(session.releaseBy, org.rules.leaseMs()),
            session -> session.releaseBy);
    released += counted(over.size());
    over.forEach(session -> Ending.release(org, session, Event.GRACE_OVER));
  }

  /** The readable sessions to which something is due, by its time and their ids. */
  private List<ModelSession> first(Predicate<ModelSession> due, ToLongFunction<ModelSession> time) {
    return org.sessions.stream()
        .filter(session -> !session.damaged)
        .filter(due)
        .sorted(Comparator.comparingLong(time).thenComparing(ModelSession::id, Names::compareBytes))
        .limit(most)
        .toList();
  }

  /** A time-out that an outage may have cut short: it counts from the outage's end on too. */
  private boolean over(long deadline, long timeout) {
    return deadline <= org.now && org.gapEnd + timeout <= org.now;
  }
}
