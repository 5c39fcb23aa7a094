package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.NewStopRun;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.StopRun;
import dev.sluice.backend.engine.state.Change;

/** Stores an order to stop many. */
public record AddStopRun(NewStopRun order, AuditNote note) implements Operation<StopRun> {

  @Override
  public StopRun run(Step step) {
    if (step.state().stopRuns().find(order.id()) != null) {
      throw step.refusal(Refusal.CONFLICT, order.id());
    }
    StopRun stored = order.ordered(note, step.now());
    step.apply(new Change.PutStopRun(stored));
    step.audit(note, AuditAct.stopMany(order));
    return stored;
  }
}
