package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.RankedSet;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One bounded step of a sweep: docs/rules.md, "Sweep, by org". */
public record Sweep() implements Operation<Sweep.Answer> {

  /**
   * What it did; see {@link dev.sluice.backend.SweepResult}.
   *
   * @param more whether more may be due
   */
  public record Answer(int leasesLost, int acceptsMissed, int released, int due, boolean more) {}

  @Override
  public Answer run(Step step) {
    boolean gap =
        step.lastSweepMs() == 0 || step.now() - step.lastSweepMs() > step.rules().outageGapMs();
    step.stampSweep(gap);
    Tally tally = new Tally(step.rules().dueStep());
    tally.due = Due.endBackOffs(step, tally.left());
    endLeases(step, tally);
    endAccepts(step, tally);
    endGraces(step, tally);
    return new Answer(
        tally.leasesLost, tally.acceptsMissed, tally.released, tally.due, tally.left() <= 0);
  }

  private static void endLeases(Step step, Tally tally) {
    if (!silenceCounts(step, step.rules().leaseMs())) {
      return;
    }
    RankedSet leases = step.state().deadlines().leases();
    while (tally.left() > 0 && !leases.isEmpty() && leases.firstNumber() <= step.now()) {
      String id = leases.firstId();
      WorkerEntry worker = step.state().worker(id);
      if (worker == null) {
        return; // can't be: leases are those of stored workers
      }
      boolean all = returnClaims(step, id, tally);
      if (all) {
        step.apply(new Change.PutPulse(id, worker.pulse().fallSilent()));
        tally.silenced++;
      }
    }
  }

  /** Returns whether all of the worker's claims were dealt with. */
  private static boolean returnClaims(Step step, String workerId, Tally tally) {
    List<String> claims = new ArrayList<>();
    for (String id : step.state().holdings(workerId).active()) {
      if (claims.size() == tally.left()) {
        break;
      }
      if (step.indexed(id) != null) {
        claims.add(id);
      }
    }
    for (String id : claims) {
      SessionRecord session = step.session(id);
      if (session.inGrace()) {
        step.putEnded(session.release());
        tally.released++;
      } else {
        step.put(session.lose(step.now()));
        tally.leasesLost++;
      }
    }
    return tally.left() > 0;
  }

  private static void endAccepts(Step step, Tally tally) {
    List<SessionRecord> missed = new ArrayList<>();
    for (Map.Entry<Long, RankedSet> order : step.state().deadlines().accepts().entrySet()) {
      if (silenceCounts(step, order.getKey())) {
        missed.addAll(Due.sessions(step, order.getValue(), tally.left() - missed.size()));
      }
    }
    for (SessionRecord session : missed) {
      step.put(session.lose(step.now()));
      tally.acceptsMissed++;
    }
  }

  private static void endGraces(Step step, Tally tally) {
    if (silenceCounts(step, step.rules().leaseMs())) {
      List<SessionRecord> over =
          Due.sessions(step, step.state().deadlines().graces(), tally.left());
      for (SessionRecord session : over) {
        step.putEnded(session.release());
        tally.released++;
      }
    }
  }

  /** After an outage nobody is silent before he had this much time to speak. */
  private static boolean silenceCounts(Step step, long timeMs) {
    return step.gapEndMs() + timeMs <= step.now();
  }

  /** What was done, and how much may still be. */
  private static final class Tally {
    private final int most;
    private int leasesLost;
    private int acceptsMissed;
    private int released;
    private int due;
    private int silenced;

    Tally(int most) {
      this.most = most;
    }

    int left() {
      return most - leasesLost - acceptsMissed - released - due - silenced;
    }
  }
}
