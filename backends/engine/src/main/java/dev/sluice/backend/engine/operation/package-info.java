/**
 * Messages to the state of an org and back: an {@link
 * dev.sluice.backend.engine.operation.Operation}, its call, and its reply. Stores carry them.
 *
 * <p>They are never stored, but travel between nodes that may be of two versions during an upgrade:
 * append components, never reorder or remove them.
 */
@NullMarked
package dev.sluice.backend.engine.operation;

import org.jspecify.annotations.NullMarked;
