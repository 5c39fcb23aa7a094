/**
 * Operations that only read, and {@link dev.sluice.backend.engine.read.ReadStep}, which is all that
 * they see of the world.
 *
 * <p>Operations and answers travel between nodes of two versions: append components, never reorder
 * or remove them. All else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.read;

import org.jspecify.annotations.NullMarked;
