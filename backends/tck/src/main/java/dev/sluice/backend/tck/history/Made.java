package dev.sluice.backend.tck.history;

/**
 * A step and its answer.
 *
 * @param caller from 1; 0 between the callers' turns
 * @param atLeast highest number answered before
 */
record Made(int caller, Step step, HistoryAnswer answer, long atLeast) {

  String text() {
    return (caller == 0 ? "   " : "#" + caller + " ") + step.text();
  }
}
