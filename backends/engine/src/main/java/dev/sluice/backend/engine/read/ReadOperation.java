package dev.sluice.backend.engine.read;

import dev.sluice.backend.engine.operation.Operation;

/** An operation that only reads: it is given no way to change anything. */
public interface ReadOperation<R> extends Operation<R> {

  R run(ReadStep step);
}
