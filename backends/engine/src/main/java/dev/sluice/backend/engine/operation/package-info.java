/**
 * The operations on an org: each is a record that decides on a {@link
 * dev.sluice.backend.engine.state.OrgState} and applies its changes step by step, as {@code
 * docs/rules.md} says. They know no store, no thread and no clock: {@link
 * dev.sluice.backend.engine.operation.Step} is all that an operation sees of the world.
 *
 * <p>Operations and replies are never stored, but travel between the nodes of a cluster, which may
 * be of two versions during an upgrade: append components, never reorder or remove them. What an
 * operation does inside may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.operation;

import org.jspecify.annotations.NullMarked;
