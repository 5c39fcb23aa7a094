/**
 * The immutable records that make the state of an org, and the {@link
 * dev.sluice.backend.engine.records.Change changes} that replace them. A reply to a call that may
 * come again is one of them.
 *
 * <p>{@code AtMs} and {@code UntilMs} are epoch ms; {@code bytes} is a size by {@link
 * dev.sluice.backend.store.StoredBytes}; {@code item}, {@code text} and {@code payload} are keys in
 * other tables.
 *
 * <p>Stored and sent as bytes: append components, never reorder or remove them. Methods may be
 * changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.records;

import org.jspecify.annotations.NullMarked;
