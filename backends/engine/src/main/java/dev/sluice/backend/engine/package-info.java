/**
 * The rules of the queue in Java, on any {@link dev.sluice.backend.engine.Store}.
 *
 * <p>{@link dev.sluice.backend.engine.EngineBackend} is the contract on a store. Its parts turn a
 * call into an {@link dev.sluice.backend.engine.operation.Operation} on an org; {@code Orgs} has
 * the store run it, and {@link dev.sluice.backend.engine.tables} holds values beside the states.
 *
 * <p>Public types are what stores implement and use, see {@code CONTRIBUTING.md}. All else may be
 * changed freely.
 */
@NullMarked
package dev.sluice.backend.engine;

import org.jspecify.annotations.NullMarked;
