/**
 * The state of an org: its records by id, and the indexes that follow from them.
 *
 * <p>A {@link dev.sluice.backend.engine.records.Change} replaces one record: the indexes drop the
 * old one and add the new one. Applying can't fail and is idempotent, so a copy that applied the
 * same changes is the same state. Nothing here is stored: all may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.state;

import org.jspecify.annotations.NullMarked;
