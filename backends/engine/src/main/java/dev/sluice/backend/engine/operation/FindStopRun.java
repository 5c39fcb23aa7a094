package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.StopRun;

/** An order to stop many. */
public record FindStopRun(String id) implements ReadOperation<StopRun> {

  @Override
  public StopRun run(Step step) {
    StopRun found = step.state().stopRuns().find(id);
    if (found == null) {
      throw step.refusal(Refusal.UNKNOWN_STOP, id);
    }
    return found;
  }
}
