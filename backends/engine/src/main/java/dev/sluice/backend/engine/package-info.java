/**
 * The rules of the queue in Java, on any {@link dev.sluice.backend.engine.Store}.
 *
 * <p>{@link dev.sluice.backend.engine.EngineBackend} is the contract on a store. Its parts ({@code
 * EngineWork}, {@code EngineSessions} and so on) turn a call into an {@link
 * dev.sluice.backend.engine.operation.Operation} on the state of an org; {@code Orgs} has the store
 * carry it out, and fetches what it needs from {@link dev.sluice.backend.engine.tables the maps
 * beside the states}. {@code RecordWriter} moves ended sessions out of a state, {@code
 * OrphanCleaner} deletes orphans.
 *
 * <p>The public types here are what stores implement and use; {@code CONTRIBUTING.md}. All
 * else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine;

import org.jspecify.annotations.NullMarked;
