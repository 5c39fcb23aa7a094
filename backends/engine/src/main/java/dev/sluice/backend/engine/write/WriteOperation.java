package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.operation.Operation;

public interface WriteOperation<R> extends Operation<R> {

  /**
   * Decides, and applies the decision.
   *
   * @throws dev.sluice.backend.RefusedException before any change but a timeline line about the
   *     refusal
   */
  R run(WriteStep step);

  /** True if it may change a closed org. */
  default boolean passesClosure() {
    return false;
  }
}
