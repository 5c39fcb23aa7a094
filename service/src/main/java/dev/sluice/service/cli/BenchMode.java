package dev.sluice.service.cli;

import java.util.Arrays;
import java.util.Optional;

/** What is measured. */
enum BenchMode {
  /** Items are enqueued in bulk, then claimed to the last. */
  DRAIN("drain"),
  /** Workers poll an empty queue. */
  EMPTY_POLLS("empty-polls"),
  /** Single polls while many items wait. */
  WAITING("waiting"),
  /** Workers send heartbeats. */
  HEARTBEATS("heartbeats");

  private final String word;

  BenchMode(String word) {
    this.word = word;
  }

  /** Its name on the command line. */
  String word() {
    return word;
  }

  static Optional<BenchMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }
}
