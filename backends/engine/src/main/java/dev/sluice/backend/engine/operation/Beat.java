package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Registration;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Holdings;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.state.WorkerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's heartbeat; answers how many items wait. */
public record Beat(String workerId, @Nullable String registeredBy, Heartbeat heartbeat)
    implements Operation<Long> {

  @Override
  public Long run(Step step) {
    WorkerEntry worker = step.worker(workerId, registeredBy);
    step.apply(
        new Change.PutPulse(
            workerId,
            worker
                .pulse()
                .seen(step.now(), step.rules().leaseMs())
                .running(heartbeat.activeCount())));
    Registration before = worker.record().registration();
    WorkerRecord said = worker.record().with(heartbeat.capacity(), heartbeat.draining());
    if (!said.equals(worker.record())) {
      step.apply(new Change.PutWorker(said));
      Registration now = said.registration();
      if (now.capacity() > before.capacity() || (before.draining() && !now.draining())) {
        step.news().slot(workerId);
      }
    }
    if (said.registration().dialect() == Dialect.SNAKE_CASE) {
      acceptAll(step, worker);
    }
    return step.state().counts().waiting();
  }

  /** A count that covers its claims accepts them. */
  private void acceptAll(Step step, WorkerEntry worker) {
    Holdings held = step.state().holdings(workerId);
    if (held.activeCount() == 0 || heartbeat.activeCount() < held.activeCount()) {
      return;
    }
    for (String id : List.copyOf(held.active())) {
      SessionRecord session = step.indexed(id);
      if (session != null) {
        Ownership.accepted(step, worker, session.run().claimedAtMs());
      }
      if (session != null && session.awaitsAccept()) {
        step.store(session.accept());
      }
    }
  }
}
