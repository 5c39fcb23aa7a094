/**
 * Closed orgs, and orgs that leave a store and enter another: docs/rules.md, "Closed orgs and
 * copies". Operations read and write {@link dev.sluice.backend.engine.records.Change changes} that
 * rebuild an org; {@link dev.sluice.backend.engine.transfer.RecordsOut} and {@link
 * dev.sluice.backend.engine.transfer.RecordsIn} translate them.
 *
 * <p>Operations are sent between nodes of two versions: append components, never reorder or remove
 * them.
 */
@NullMarked
package dev.sluice.backend.engine.transfer;

import org.jspecify.annotations.NullMarked;
