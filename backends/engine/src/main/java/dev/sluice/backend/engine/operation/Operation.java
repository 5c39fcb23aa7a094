package dev.sluice.backend.engine.operation;

/**
 * An operation on an org, carried out where its state is. Its components are all it knows, and
 * travel as they are.
 *
 * @param <R> its answer, a type listed in {@link dev.sluice.backend.engine.wire.WireTypes}
 */
public interface Operation<R> {}
