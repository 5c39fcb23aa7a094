package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.operation.Operation;

/** An operation that may change the state. */
public interface WriteOperation<R> extends Operation<R> {

  /**
   * Decides, and applies the decision.
   *
   * @throws dev.sluice.backend.RefusedException before anything was applied, but for a line on a
   *     timeline that tells of the refusal
   */
  R run(WriteStep step);
}
