/**
 * Every rule of the queue, once in Java: {@link dev.sluice.backend.engine.state} is an org, {@link
 * dev.sluice.backend.engine.operation} what can be done to it, {@link
 * dev.sluice.backend.engine.wire} how its records become bytes. A store keeps one state for each
 * org and carries an {@link dev.sluice.backend.engine.operation.Operation} out on it. Pure code: it
 * knows no store, no thread and no clock.
 */
@NullMarked
package dev.sluice.backend.engine;

import org.jspecify.annotations.NullMarked;
