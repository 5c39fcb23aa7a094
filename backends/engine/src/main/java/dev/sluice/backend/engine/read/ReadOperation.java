package dev.sluice.backend.engine.read;

import dev.sluice.backend.engine.operation.Operation;

/** Is given no way to change anything. */
public interface ReadOperation<R> extends Operation<R> {

  R run(ReadStep step);
}
