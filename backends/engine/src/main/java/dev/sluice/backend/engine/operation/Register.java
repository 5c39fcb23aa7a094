package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.Registration;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.Worker;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.state.WorkerRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
      throw step.refusal(Refusal.REVOKED, registration.workerId());
    }
    if (known == null) {
      requireRoom(step);
      retireBefore(step);
      step.apply(new Change.PutWorker(new WorkerRecord(registration, step.now())));
    }
    WorkerEntry worker = Objects.requireNonNull(step.state().worker(id));
    step.signOfLife(worker);
    return FindWorker.show(step, worker);
  }

  private void requireRoom(Step step) {
    int workers = step.state().workers().registered().size();
    if (workers >= step.rules().bounds().maxWorkers() && earlier(step) == null) {
      throw step.refusal(Refusal.TOO_MANY_WORKERS, "");
    }
    step.requireBytes(StoredBytes.of(registration));
  }

  private @Nullable WorkerEntry earlier(Step step) {
    String machine = registration.machineId();
    String earlier =
        machine == null
            ? null
            : step.state().workers().presentOn(registration.registeredBy(), machine);
    return earlier == null ? null : step.state().worker(earlier);
  }

  private void retireBefore(Step step) {
    WorkerEntry worker = earlier(step);
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
