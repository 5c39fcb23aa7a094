/**
 * Random concurrent histories: answers must be those of the engine in memory to the same calls one
 * by one, by sequence number. Golden histories are the recorded answers of an earlier version.
 *
 * <p>Start at {@link dev.sluice.backend.tck.history.HistoryContract}; {@code docs/rules.md},
 * "Histories", says what is tried. A {@code History} records answers, a {@code Replay} orders and
 * compares them, a {@code Shortener} shortens a failure.
 *
 * <p>Golden histories depend on the calls made by {@code HistoryCaller}, {@code HistoryHeartbeats},
 * {@code HistoryOperator}, {@code Interlude}, {@code Inventor} and {@code Limits}; all else may
 * change freely.
 */
@NullMarked
package dev.sluice.backend.tck.history;

import org.jspecify.annotations.NullMarked;
