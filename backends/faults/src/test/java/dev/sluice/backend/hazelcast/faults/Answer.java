package dev.sluice.backend.hazelcast.faults;

import java.util.List;

/**
 * The answer of a member to a call.
 *
 * @param text depends on the call; for a refusal its name, else the failure
 * @param startNs when the member began, {@link System#nanoTime}, which all processes share; 0 if it
 *     is not known
 * @param endNs likewise
 */
record Answer(Outcome outcome, String text, long startNs, long endNs) {

  enum Outcome {
    ACKNOWLEDGED,
    REFUSED,
    /** It did not begin. */
    UNAVAILABLE,
    /** It may have been carried out. */
    UNKNOWN,
    /** Failed otherwise: a defect. */
    BROKEN
  }

  static Answer never() {
    return new Answer(Outcome.UNKNOWN, "the process ended", 0, 0);
  }

  static Answer parse(List<String> words) {
    return new Answer(
        Outcome.valueOf(words.get(0)),
        words.size() > 3 ? words.get(3) : "",
        Long.parseLong(words.get(1)),
        Long.parseLong(words.get(2)));
  }

  String line() {
    return String.join("\t", outcome.name(), String.valueOf(startNs), String.valueOf(endNs), text);
  }

  boolean acknowledged() {
    return outcome == Outcome.ACKNOWLEDGED;
  }

  boolean refused(String refusal) {
    return outcome == Outcome.REFUSED && text.equals(refusal);
  }

  /** True if the caller must ask again to know. */
  boolean open() {
    return outcome == Outcome.UNAVAILABLE || outcome == Outcome.UNKNOWN;
  }
}
