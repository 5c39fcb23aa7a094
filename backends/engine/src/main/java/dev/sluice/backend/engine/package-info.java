/**
 * The rules of the queue in Java, on any {@link dev.sluice.backend.engine.tables.Store}.
 *
 * <p>{@link dev.sluice.backend.engine.EngineBackend} is the contract on a store. Its parts turn a
 * call into an {@link dev.sluice.backend.engine.operation.Operation} on an org; {@code Orgs} has
 * the store run it, and {@link dev.sluice.backend.engine.tables} holds values beside the states.
 *
 * <p>The packages below stand on each other in this order: {@code records}; {@code packed}, {@code
 * operation} and {@code figures}; {@code state}; {@code read}; {@code write}; {@code findings} and
 * {@code transfer}; {@code wire}; {@code tables}. None of them needs this one.
 *
 * <p>Public types are what stores implement and use, see {@code CONTRIBUTING.md}. All else may be
 * changed freely.
 */
@NullMarked
package dev.sluice.backend.engine;

import org.jspecify.annotations.NullMarked;
