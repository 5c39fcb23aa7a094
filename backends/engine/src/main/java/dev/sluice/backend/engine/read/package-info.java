/**
 * Operations that only read the state of an org, and {@link
 * dev.sluice.backend.engine.read.ReadStep}, which is all that they see of the world. The parts of
 * {@code EngineBackend} make them; writes use their helpers.
 *
 * <p>Operations and answers travel between nodes of two versions: append components, never reorder
 * or remove them. All else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.read;

import org.jspecify.annotations.NullMarked;
