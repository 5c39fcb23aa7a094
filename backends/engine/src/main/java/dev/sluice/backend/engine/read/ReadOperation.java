package dev.sluice.backend.engine.read;

import dev.sluice.backend.engine.operation.Operation;

/** Is given no way to change anything. */
public interface ReadOperation<R> extends Operation<R> {

  R run(ReadStep step);

  /**
   * True if its answer must have no change that may yet be undone, since its caller never asks for
   * the same again.
   */
  default boolean isFinal() {
    return false;
  }
}
