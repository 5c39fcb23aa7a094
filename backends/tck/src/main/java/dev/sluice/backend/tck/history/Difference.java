package dev.sluice.backend.tck.history;

import java.util.List;

/**
 * Where a history and the model part.
 *
 * @param before all steps up to there, in the order of their numbers
 * @param made the first step that differs
 * @param expected what the model answers to it
 * @param why what is wrong, in words
 */
record Difference(List<Made> before, Made made, Answer expected, String why) {

  Difference {
    before = List.copyOf(before);
  }

  /** The step, both answers and where they part. */
  String text() {
    return why
        + "\n  "
        + made.text()
        + "\n    backend: "
        + made.answer()
        + "\n    model:   "
        + expected
        + "\n    differs: "
        + firstDifference(made.answer().toString(), expected.toString());
  }

  private static String firstDifference(String backend, String model) {
    int at = 0;
    while (at < Math.min(backend.length(), model.length())
        && backend.charAt(at) == model.charAt(at)) {
      at++;
    }
    return around(backend, at) + " | " + around(model, at);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 24), Math.min(text.length(), at + 24));
  }
}
