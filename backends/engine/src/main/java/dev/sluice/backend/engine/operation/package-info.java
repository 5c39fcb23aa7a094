/**
 * What can be done to an org: each operation a record that decides on a state of {@link
 * dev.sluice.backend.engine.state} and applies its changes step by step, as {@code docs/rules.md}
 * says. Knows no store; {@link dev.sluice.backend.engine.operation.Step} is all that an operation
 * sees of the world.
 */
@NullMarked
package dev.sluice.backend.engine.operation;

import org.jspecify.annotations.NullMarked;
