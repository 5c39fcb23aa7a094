package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Refusal;
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
    WorkerEntry known = step.state().worker(id);
    if (step.state().revoked(registration.registeredBy())
        || (known != null && step.state().revoked(known.record().registration().registeredBy()))) {
      throw step.refusal(
          Refusal.REVOKED, "credential " + registration.registeredBy() + " was revoked");
    }
    if (known == null) {
      step.apply(new Change.PutWorker(new WorkerRecord(registration, step.now(), false, 0, 0)));
    }
    WorkerEntry worker = Objects.requireNonNull(step.state().worker(id));
    step.signOfLife(worker);
    return FindWorker.show(step, worker);
  }
}
