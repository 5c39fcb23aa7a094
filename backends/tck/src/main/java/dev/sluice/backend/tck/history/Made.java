package dev.sluice.backend.tck.history;

/**
 * A step that was made, and what came of it.
 *
 * @param caller who made it, from 1; 0 between the callers' turns
 * @param step what was made
 * @param answer what was answered
 * @param atLeast the highest sequence number that anybody had been answered when it was made
 */
record Made(int caller, Step step, HistoryAnswer answer, long atLeast) {

  /** In one line, for people. */
  String text() {
    return (caller == 0 ? "   " : "#" + caller + " ") + step.text();
  }
}
