/**
 * Random concurrent and golden histories: {@code docs/rules.md}, "Histories".
 *
 * <p>Start at {@link dev.sluice.backend.tck.history.HistoryContract}. A {@code History} records
 * answers, a {@code Replay} orders and compares them, a {@code Shortener} shortens a failure.
 *
 * <p>Golden histories depend on the calls made by {@code HistoryCaller}, {@code HistoryHeartbeats},
 * {@code HistoryOperator}, {@code Interlude}, {@code Inventor} and {@code Limits}.
 */
@NullMarked
package dev.sluice.backend.tck.history;

import org.jspecify.annotations.NullMarked;
