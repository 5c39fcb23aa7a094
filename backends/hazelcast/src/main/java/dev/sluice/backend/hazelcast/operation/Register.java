package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Registration;
import dev.sluice.backend.Worker;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import dev.sluice.backend.hazelcast.state.WorkerRecord;
import java.util.Objects;

/** Stores a worker, unless its id is stored; a sign of life either way. */
public record Register(Registration registration) implements Operation<Worker> {

  @Override
  public Worker run(Step step) {
    String id = registration.workerId();
    if (step.state().worker(id) == null) {
      step.apply(new Change.PutWorker(new WorkerRecord(registration, step.now())));
    }
    WorkerEntry worker = Objects.requireNonNull(step.state().worker(id));
    step.signOfLife(worker);
    return FindWorker.show(step, worker);
  }
}
