/**
 * The state of an org: immutable records, the changes that replace them, and the indexes that
 * follow from them. Knows no store.
 *
 * <p>{@link dev.sluice.backend.engine.state.OrgState#apply} is the only way to change a state. A
 * {@link dev.sluice.backend.engine.state.Change} replaces one record as a whole; the indexes are
 * taken back for the old record and made for the new one. So applying can't fail, doing it twice is
 * doing it once, and a copy that applied the same changes is the same state, wherever it is.
 *
 * <p>Records and changes are stored as bytes: append components, never reorder or remove them.
 * Indexes are never stored and may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.state;

import org.jspecify.annotations.NullMarked;
