package dev.sluice.backend.tck.model;

import dev.sluice.backend.Place;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreHealth;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.Upkeep;
import java.util.ArrayList;
import java.util.List;

/** Expiry by time: docs/rules.md, "Sweep". */
final class ModelUpkeep implements Upkeep {

  private final ModelStore store;

  ModelUpkeep(ModelStore store) {
    this.store = store;
  }

  @Override
  public SweepResult sweep() {
    int leasesLost = 0;
    int acceptsMissed = 0;
    int released = 0;
    int due = 0;
    for (OrgState org : store.orgs()) {
      SweepResult result = store.turn(org.id, ModelUpkeep::sweep).value();
      leasesLost += result.leasesLost();
      acceptsMissed += result.acceptsMissed();
      released += result.released();
      due += result.due();
    }
    return new SweepResult(leasesLost, acceptsMissed, released, due);
  }

  @Override
  public StoreHealth health() {
    return store.alone(
        () -> {
          List<String> warnings = new ArrayList<>();
          for (OrgState org : store.orgs()) {
            org.sessions.stream()
                .filter(session -> session.damaged)
                .map(session -> "damaged record: session " + session.id() + " of org " + org.id)
                .forEach(warnings::add);
          }
          return new StoreHealth(List.of(), warnings);
        });
  }

  private static SweepResult sweep(OrgState org) {
    if (org.lastSweep == 0 || org.now - org.lastSweep > org.rules.outageGapMs()) {
      org.gapEnd = org.now;
    }
    org.lastSweep = org.now;
    int due = endBackOffs(org, Integer.MAX_VALUE);
    int released = 0;
    int leasesLost = 0;
    for (ModelWorker worker : silentWorkers(org)) {
      org.change();
      worker.silent = true;
      for (ModelSession session : readable(org.activeSet(worker))) {
        if (session.inStopGrace()) {
          org.release(session);
          released++;
        } else {
          org.lose(session);
          leasesLost++;
        }
      }
    }
    int acceptsMissed = 0;
    for (ModelSession session : readable(org.sessions)) {
      if (acceptMissed(org, session)) {
        org.change();
        org.lose(session);
        acceptsMissed++;
      } else if (graceOver(org, session)) {
        org.change();
        org.release(session);
        released++;
      }
    }
    return new SweepResult(leasesLost, acceptsMissed, released, due);
  }

  /** Nacked work whose back-off is over is open to all, the first that were due first. */
  static int endBackOffs(OrgState org, int atMost) {
    List<ModelSession> due =
        readable(org.sessions).stream()
            .filter(session -> session.place == Place.RETURNED && session.returnUntil <= org.now)
            .sorted((a, b) -> Long.compare(a.returnUntil, b.returnUntil))
            .limit(atMost)
            .toList();
    for (ModelSession session : due) {
      org.change();
      session.place = Place.READY;
    }
    return due.size();
  }

  /** A time-out that an outage may have cut short: it counts from the outage's end on too. */
  private static boolean over(OrgState org, long deadline, long timeout) {
    return deadline <= org.now && org.gapEnd + timeout <= org.now;
  }

  private static List<ModelWorker> silentWorkers(OrgState org) {
    Rules rules = org.rules;
    return org.workers.stream()
        .filter(worker -> !worker.silent && over(org, worker.leaseUntil, rules.leaseMs()))
        .toList();
  }

  private static boolean acceptMissed(OrgState org, ModelSession session) {
    return session.claimed()
        && session.acceptBy != 0
        && over(org, session.acceptBy, session.acceptBy - session.claimedAt);
  }

  private static boolean graceOver(OrgState org, ModelSession session) {
    return session.inStopGrace() && over(org, session.releaseBy, org.rules.leaseMs());
  }

  private static List<ModelSession> readable(List<ModelSession> sessions) {
    return sessions.stream().filter(session -> !session.damaged).toList();
  }
}
