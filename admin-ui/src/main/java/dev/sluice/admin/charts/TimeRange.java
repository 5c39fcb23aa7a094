package dev.sluice.admin.charts;

import java.util.Optional;
import java.util.stream.Stream;

/** How far back one looks, and how closely. */
public enum TimeRange {
  /** A point each 5 s. */
  QUARTER("15m", "15 min", 5_000),
  /** A point each 20 s. */
  HOUR("1h", "1 h", 20_000);

  /** Points of each, the present one included. */
  public static final int POINTS = 180;

  /** So many steps without a point in a row are still no gap: a look may come late. */
  static final int MOST_MISSED = 2;

  private final String wire;
  private final String words;
  private final long stepMs;

  TimeRange(String wire, String words, long stepMs) {
    this.wire = wire;
    this.words = words;
    this.stepMs = stepMs;
  }

  /** The one of that name, as addresses spell it. */
  public static Optional<TimeRange> of(String wire) {
    return Stream.of(values()).filter(span -> span.wire.equals(wire)).findFirst();
  }

  /** Its name in addresses. */
  public String wire() {
    return wire;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** From one point to the next. */
  public long stepMs() {
    return stepMs;
  }

  /** All of it. */
  public long lengthMs() {
    return stepMs * POINTS;
  }
}
