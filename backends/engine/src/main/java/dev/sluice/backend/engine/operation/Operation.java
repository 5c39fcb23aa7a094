package dev.sluice.backend.engine.operation;

/**
 * An operation on an org, run where its state is.
 *
 * @param <R> its answer, a type listed in {@link dev.sluice.backend.engine.wire.WireTypes}
 */
public interface Operation<R> {}
