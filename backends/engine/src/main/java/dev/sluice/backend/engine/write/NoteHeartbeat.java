package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Holdings;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.WorkerClaims;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A heartbeat: docs/rules.md, "Register, heartbeat, sign of life" and "Lost answers". */
public record NoteHeartbeat(String workerId, @Nullable String registeredBy, Heartbeat heartbeat)
    implements WriteOperation<Long> {

  @Override
  public Long run(WriteStep step) {
    WorkerEntry worker = step.worker(workerId, registeredBy);
    step.apply(
        new Change.PutLiveness(
            workerId,
            worker
                .liveness()
                .seen(step.now(), step.rules().leaseMs())
                .running(heartbeat.activeCount())));
    WorkerRecord before = worker.record();
    WorkerRecord said = before.with(heartbeat);
    if (said != before) {
      step.apply(new Change.PutWorker(said));
      if (takesMore(before, said)) {
        step.hints().slot(workerId);
      }
    }
    if (said.registration().dialect() == Dialect.SNAKE_CASE) {
      acceptAll(step, worker);
    }
    if (heartbeat.counted()) {
      takeBackLost(step, worker);
    }
    return step.state().counts().waiting();
  }

  private static boolean takesMore(WorkerRecord before, WorkerRecord after) {
    Registration then = before.registration();
    Registration now = after.registration();
    return after.slots() > before.slots()
        || (then.draining() && !now.draining())
        || Registration.takesMore(now.projects(), then.projects());
  }

  private void acceptAll(WriteStep step, WorkerEntry worker) {
    WorkerClaims held = step.state().workerClaims(workerId);
    if (held.activeCount() == 0 || heartbeat.activeCount() < held.activeCount()) {
      return;
    }
    for (String id : List.copyOf(held.active())) {
      SessionRecord session = step.indexed(id);
      if (session != null) {
        Ownership.accepted(step, worker, session.claim().claimedAtMs());
      }
      if (session != null && session.awaitsAccept()) {
        step.store(session.accept());
      }
    }
  }

  private void takeBackLost(WriteStep step, WorkerEntry worker) {
    WorkerClaims held = step.state().workerClaims(workerId);
    int all = held.activeCount();
    int accepted = 0;
    List<SessionRecord> awaiting = new ArrayList<>(0);
    if (heartbeat.activeCount() < all) {
      for (String id : held.active()) {
        SessionRecord session = step.indexed(id);
        if (session != null && session.awaitsAccept()) {
          awaiting.add(session);
        } else if (session != null) {
          accepted++;
        }
      }
    }
    boolean isShort = !awaiting.isEmpty() && heartbeat.activeCount() <= accepted;
    Holdings before = worker.record().holdings();
    int lost = 0;
    if (isShort && before.shortMs() != 0 && before.shortAccepted() == accepted) {
      String detail =
          "2 heartbeats counted " + heartbeat.activeCount() + " of " + all + " sessions";
      for (SessionRecord session : awaiting) {
        if (session.claim().claimedAtMs() < before.shortMs()) {
          Endings.missAccept(step, session, detail);
          lost++;
        }
      }
    }
    WorkerRecord record = worker.record();
    Holdings after =
        isShort && lost < awaiting.size()
            ? record.holdings().shortAt(step.now(), accepted)
            : record.holdings().shortAt(0, 0);
    if (!after.equals(record.holdings())) {
      step.apply(new Change.PutWorker(record.with(after)));
    }
  }
}
