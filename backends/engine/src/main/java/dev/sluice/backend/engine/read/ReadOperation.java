package dev.sluice.backend.engine.read;

import dev.sluice.backend.engine.operation.Operation;

/** An operation that only reads. */
public interface ReadOperation<R> extends Operation<R> {

  R run(ReadStep step);
}
