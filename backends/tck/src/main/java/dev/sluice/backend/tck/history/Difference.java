package dev.sluice.backend.tck.history;

import java.util.List;

/**
 * The first step in which history and engine differ.
 *
 * @param before all earlier steps, by number
 * @param expected the engine's answer
 * @param number other steps with the same number, if it matters
 */
record Difference(
    List<Made> before, Made made, HistoryAnswer expected, String why, List<Made> number) {

  Difference(List<Made> before, Made made, HistoryAnswer expected, String why) {
    this(before, made, expected, why, List.of());
  }

  Difference among(List<Made> all) {
    return new Difference(before, made, expected, why, all);
  }

  Difference {
    before = List.copyOf(before);
    number = List.copyOf(number);
  }

  String text() {
    return why
        + "\n  "
        + made.text()
        + "\n    backend: "
        + made.answer()
        + "\n    engine:  "
        + expected
        + "\n    differs: "
        + firstDifference(made.answer().toString(), expected.toString())
        + others();
  }

  private String others() {
    if (number.size() < 2) {
      return "";
    }
    StringBuilder others = new StringBuilder("\n  all that were answered this number:");
    number.forEach(each -> others.append("\n  ").append(each.text()));
    return others.toString();
  }

  private static String firstDifference(String backend, String engine) {
    int at = 0;
    while (at < Math.min(backend.length(), engine.length())
        && backend.charAt(at) == engine.charAt(at)) {
      at++;
    }
    return around(backend, at) + " | " + around(engine, at);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 24), Math.min(text.length(), at + 24));
  }
}
