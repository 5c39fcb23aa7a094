/**
 * The part that the engine needs of a {@link dev.sluice.backend.engine.tables.Store}, and the
 * tables beside the states of orgs, as maps of bytes. A value is stored before a state names it,
 * under a new key, and deleted once no state names it.
 *
 * <p>Keys and bytes are stored: those of earlier versions must stay readable. A change of {@code
 * Store} or {@code ByteMap} is a change of all stores. All else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.tables;

import org.jspecify.annotations.NullMarked;
