/**
 * The immutable records that make the state of an org, and the {@link
 * dev.sluice.backend.engine.records.Change changes} that replace them. {@code state} keeps them,
 * operations make new ones, stores write them.
 *
 * <p>They are stored and sent as bytes: append components, never reorder or remove them. Methods
 * may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.records;

import org.jspecify.annotations.NullMarked;
