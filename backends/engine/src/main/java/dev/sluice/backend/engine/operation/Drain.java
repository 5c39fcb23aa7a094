package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Worker;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.state.WorkerRecord;
import org.jspecify.annotations.Nullable;

/** An operator drains a worker, or undrains it. */
public record Drain(String workerId, boolean drain, @Nullable AuditNote note)
    implements Operation<Worker> {

  @Override
  public Worker run(Step step) {
    WorkerEntry worker = step.knownWorker(workerId, null);
    WorkerRecord after = worker.record().drained(drain);
    if (!drain && !after.equals(after.trusted())) {
      after = after.trusted();
      step.judge(worker, step.now());
    }
    if (!after.equals(worker.record())) {
      step.apply(new Change.PutWorker(after));
      if (!drain) {
        step.news().slot(workerId);
      }
    }
    step.audit(note, AuditAct.drain(workerId, drain));
    return FindWorker.show(step, worker);
  }
}
