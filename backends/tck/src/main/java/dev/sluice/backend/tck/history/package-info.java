/**
 * Random concurrent histories: the answers of a backend to many callers at once must be those of
 * the engine in memory to the same calls one after the other, in the order of their sequence
 * numbers. Golden histories are the recorded answers of an earlier version.
 *
 * <p>Start at {@link dev.sluice.backend.tck.history.HistoryContract}; {@code docs/rules.md},
 * "Histories", says what is tried and found. A {@code History} makes calls and notes the answers, a
 * {@code Replay} puts them in order and compares, a {@code Shortener} reduces a failure to few
 * calls.
 *
 * <p>Golden histories are bound to the calls that {@code HistoryCaller}, {@code HistoryOperator},
 * {@code Interlude}, {@code Inventor} and {@code Limits} make up; all else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.tck.history;

import org.jspecify.annotations.NullMarked;
