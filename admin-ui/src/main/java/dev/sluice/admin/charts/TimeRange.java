package dev.sluice.admin.charts;

import java.util.Optional;
import java.util.stream.Stream;

public enum TimeRange {
  QUARTER("15m", "15 min", 5_000),
  HOUR("1h", "1 h", 20_000);

  public static final int POINTS = 180;

  /** Missing steps that aren't yet a gap. */
  static final int MOST_MISSED = 2;

  private final String wire;
  private final String words;
  private final long stepMs;

  TimeRange(String wire, String words, long stepMs) {
    this.wire = wire;
    this.words = words;
    this.stepMs = stepMs;
  }

  public static Optional<TimeRange> of(String wire) {
    return Stream.of(values()).filter(span -> span.wire.equals(wire)).findFirst();
  }

  public String wire() {
    return wire;
  }

  public String words() {
    return words;
  }

  public long stepMs() {
    return stepMs;
  }

  public long lengthMs() {
    return stepMs * POINTS;
  }
}
