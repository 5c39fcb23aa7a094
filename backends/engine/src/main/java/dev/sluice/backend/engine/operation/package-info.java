/**
 * Calls on the state of an org: an operation, with all that it needs to run there. Stores carry
 * them.
 *
 * <p>Never stored, but they travel between nodes of two versions: append components, never reorder
 * or remove them.
 */
@NullMarked
package dev.sluice.backend.engine.operation;

import org.jspecify.annotations.NullMarked;
