/**
 * The operations of closed orgs, and of orgs that leave a store and enter another: docs/rules.md,
 * "Closed orgs and copies". They read and write {@link dev.sluice.backend.engine.records.Change
 * changes} that rebuild an org; {@code RecordsOut} and {@code RecordsIn} of the engine translate
 * them.
 *
 * <p>They are sent between nodes of two versions: append components, never reorder or remove them.
 */
@NullMarked
package dev.sluice.backend.engine.transfer;

import org.jspecify.annotations.NullMarked;
