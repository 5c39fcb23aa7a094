package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Counts;

/** How many sessions stand in each place. */
public record CountWork() implements ReadOperation<Counts> {

  @Override
  public Counts run(Step step) {
    return step.state().counts();
  }
}
