package dev.sluice.backend.tck.history;

/**
 * A step and its answer.
 *
 * @param caller from 1; 0 between the callers' turns
 * @param atLeast the highest sequence number that any caller had been answered before
 */
record Made(int caller, Step step, HistoryAnswer answer, long atLeast) {

  String text() {
    return (caller == 0 ? "   " : "#" + caller + " ") + step.text();
  }
}
