package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.sessions.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One step of a sweep: docs/rules.md, "Sweep, by org".
 *
 * @param node name of the sweeping node
 * @param figures true to write figures; false for copies that don't know them
 */
public record Sweep(String node, boolean figures) implements WriteOperation<Sweep.Answer> {

  /**
   * @param more true if there may be more
   * @param aheadMs of the stored time, {@link dev.sluice.backend.StoredTime#warning}
   */
  public record Answer(
      int leasesLost,
      int acceptsMissed,
      int released,
      int due,
      int pruned,
      boolean more,
      long aheadMs) {}

  @Override
  public boolean passesClosure() {
    return true;
  }

  @Override
  public Answer run(WriteStep step) {
    if (step.standingClosure() != null) {
      return new Answer(0, 0, 0, 0, 0, false, step.aheadMs());
    }
    if (step.state().closure() != null) {
      step.applyInternal(new Change.PutClosure(null));
    }
    step.stampSweep(node);
    Tally tally = new Tally(step.rules().dueStep());
    tally.due = tally.count(Due.handle(step));
    int most = step.rules().dueStep();
    if (step.state().counts().parked() > 0) {
      tally.more |= Contention.unpark(step, step.state().parkedWalk().next(most)) > 0;
    }
    endLeases(step, tally);
    endAccepts(step, tally);
    endGraces(step, tally);
    step.removeRetired();
    if (figures) {
      FigureSweep.run(step);
    }
    RetentionSweep retention = new RetentionSweep(step);
    retention.events();
    tally.pruned =
        tally.count(retention.ended())
            + tally.count(retention.dead())
            + tally.count(retention.archives())
            + tally.count(retention.workers())
            + tally.count(retention.jobs())
            + tally.count(retention.audit())
            + tally.count(retention.answers())
            + tally.count(retention.stopOrders());
    return new Answer(
        tally.leasesLost,
        tally.acceptsMissed,
        tally.released,
        tally.due,
        tally.pruned,
        tally.more,
        step.aheadMs());
  }

  private static void endLeases(WriteStep step, Tally tally) {
    if (!silenceCounts(step, step.rules().leaseMs())) {
      return;
    }
    RankedSet leases = step.state().deadlines().leases();
    int workers = 0;
    while (workers < tally.most && !leases.isEmpty() && leases.firstNumber() <= step.now()) {
      String id = leases.firstId();
      WorkerEntry worker = step.state().worker(id);
      if (worker == null) {
        return; // impossible: leases are of stored workers
      }
      returnClaims(step, id, tally);
      step.apply(new Change.PutLiveness(id, worker.liveness().withSilent(true)));
      workers++;
    }
    tally.count(workers);
  }

  private static void returnClaims(WriteStep step, String workerId, Tally tally) {
    for (String id : step.state().workerClaims(workerId).active()) {
      SessionRecord session = step.indexed(id);
      if (session != null && session.inGrace()) {
        Endings.release(step, session, Event.LEASE_OVER);
        tally.released++;
      } else if (session != null) {
        Endings.loseLease(step, session);
        tally.leasesLost++;
      }
    }
  }

  private static void endAccepts(WriteStep step, Tally tally) {
    List<SessionRecord> missed = new ArrayList<>(0);
    for (Map.Entry<Long, RankedSet> order : step.state().deadlines().accepts().entrySet()) {
      if (silenceCounts(step, order.getKey())) {
        missed.addAll(Due.sessions(step, order.getValue(), tally.most));
      }
    }
    missed.sort(
        Comparator.comparingLong((SessionRecord session) -> session.claim().acceptByMs())
            .thenComparing(SessionRecord::id, dev.sluice.backend.Names::compareBytes));
    int count = Math.min(missed.size(), tally.most);
    for (SessionRecord session : missed.subList(0, count)) {
      Endings.missAccept(step, session, null);
      tally.acceptsMissed++;
    }
    tally.count(count);
  }

  private static void endGraces(WriteStep step, Tally tally) {
    if (!silenceCounts(step, step.rules().leaseMs())) {
      return;
    }
    List<SessionRecord> over = Due.sessions(step, step.state().deadlines().graces(), tally.most);
    for (SessionRecord session : over) {
      Endings.release(step, session, Event.GRACE_OVER);
      tally.released++;
    }
    tally.count(over.size());
  }

  /** False shortly after an outage: every time-out starts again at its end. */
  private static boolean silenceCounts(WriteStep step, long timeMs) {
    return step.gapEndMs() + timeMs <= step.now();
  }

  private static final class Tally {
    private final int most;
    private int leasesLost;
    private int acceptsMissed;
    private int released;
    private int due;
    private int pruned;
    private boolean more;

    Tally(int most) {
      this.most = most;
    }

    int count(int ofOneKind) {
      more |= ofOneKind >= most;
      return ofOneKind;
    }
  }
}
