/**
 * Random concurrent histories: whatever a backend answered to many callers at once must be what the
 * model answers to the same calls one after the other, in the order of their sequence numbers.
 *
 * <p>Start at {@link dev.sluice.backend.tck.history.HistoryContract}; docs/rules.md, "Histories",
 * says what is tried and what it finds. A {@code History} makes calls and notes what is answered, a
 * {@code Replay} puts them in order and judges, a {@code Shortener} says what is left of a failure.
 */
@NullMarked
package dev.sluice.backend.tck.history;

import org.jspecify.annotations.NullMarked;
