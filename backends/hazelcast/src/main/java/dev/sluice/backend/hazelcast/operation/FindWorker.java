package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Worker;
import dev.sluice.backend.hazelcast.state.Pulse;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks a worker up. */
public record FindWorker(String workerId, @Nullable String registeredBy)
    implements ReadOperation<Worker> {

  @Override
  public Worker run(Step step) {
    return show(step, step.worker(workerId, registeredBy));
  }

  static Worker show(Step step, WorkerEntry worker) {
    Pulse pulse = worker.pulse();
    return new Worker(
        worker.record().registration(),
        pulse.activeCount(),
        List.copyOf(step.state().holdings(worker.record().id()).active()),
        worker.record().registeredAtMs(),
        pulse.lastSeenMs(),
        pulse.silent());
  }
}
