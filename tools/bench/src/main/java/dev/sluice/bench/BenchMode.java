package dev.sluice.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

enum BenchMode {
  DRAIN("drain"),
  EMPTY_POLLS("empty-polls"),
  WAITING("waiting"),
  HEARTBEATS("heartbeats"),
  /** Calls that use more and more of the server. */
  LADDER("ladder"),
  /** Items come one by one, or all at once. */
  DISPATCH("dispatch");

  private final String word;

  BenchMode(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static String words() {
    return Arrays.stream(values()).map(BenchMode::word).collect(Collectors.joining(", "));
  }

  static Optional<BenchMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }
}
