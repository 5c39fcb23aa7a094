package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Worker;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import dev.sluice.backend.hazelcast.state.WorkerRecord;
import java.util.Objects;

/**
 * Stores a worker, unless its id is stored; a sign of life either way. An earlier worker of its
 * machine goes, at once or with its last claim.
 */
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
      retireBefore(step);
      step.apply(new Change.PutWorker(new WorkerRecord(registration, step.now())));
    }
    WorkerEntry worker = Objects.requireNonNull(step.state().worker(id));
    step.signOfLife(worker);
    return FindWorker.show(step, worker);
  }

  private void retireBefore(Step step) {
    String machine = registration.machineId();
    String earlier =
        machine == null
            ? null
            : step.state().workers().presentOn(registration.registeredBy(), machine);
    WorkerEntry worker = earlier == null ? null : step.state().worker(earlier);
    if (worker == null) {
      return;
    }
    if (step.state().holdings(worker.record().id()).activeCount() == 0) {
      step.removeWorker(worker.record().id());
    } else {
      step.apply(new Change.PutWorker(worker.record().retire()));
    }
  }
}
