/**
 * Operations that only read, and {@link dev.sluice.backend.engine.read.ReadStep}, which is all that
 * they see of the world. Sent between nodes of two versions: append components, never reorder or
 * remove them.
 */
@NullMarked
package dev.sluice.backend.engine.read;

import org.jspecify.annotations.NullMarked;
