package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.Holdings;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import dev.sluice.backend.hazelcast.state.WorkerRecord;
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
    WorkerRecord said = worker.record().with(heartbeat.capacity(), heartbeat.draining());
    if (!said.equals(worker.record())) {
      step.apply(new Change.PutWorker(said));
    }
    Holdings held = step.state().holdings(workerId);
    if (said.registration().dialect() == Dialect.SNAKE_CASE
        && heartbeat.activeCount() >= held.activeCount()) {
      for (String id : List.copyOf(held.active())) {
        SessionRecord session = step.indexed(id);
        if (session != null && session.awaitsAccept()) {
          step.put(session.accept());
        }
      }
    }
    return step.state().counts().waiting();
  }
}
