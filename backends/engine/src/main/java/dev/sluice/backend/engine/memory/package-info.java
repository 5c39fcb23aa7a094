/**
 * The engine on maps of one process. It is the reference for other stores. The embedded store runs
 * it, with a journal as its {@link dev.sluice.backend.engine.memory.ChangeLog} or without one. All
 * may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.memory;

import org.jspecify.annotations.NullMarked;
