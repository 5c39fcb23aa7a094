package dev.sluice.admin.charts;

import dev.sluice.backend.figures.Figures;
import java.util.Optional;
import java.util.stream.Stream;

public enum TimeRange {
  QUARTER("15m", "15 min", 5_000, TimeRange.POINTS, 6),
  HOUR("1h", "1 h", 20_000, TimeRange.POINTS, 6),
  /** From the store, like the next. */
  DAY("24h", "24 h", Figures.BUCKET_MS, 288, 12),
  WEEK("7d", "7 d", 6 * Figures.BUCKET_MS, 336, 12);

  /** Points of the ranges that a node remembers. */
  public static final int POINTS = 180;

  /** Missing steps of a range in memory that aren't yet a gap. */
  private static final int MOST_MISSED = 2;

  private final String wire;
  private final String words;
  private final long stepMs;
  private final int points;
  private final int rowPoints;

  TimeRange(String wire, String words, long stepMs, int points, int rowPoints) {
    this.wire = wire;
    this.words = words;
    this.stepMs = stepMs;
    this.points = points;
    this.rowPoints = rowPoints;
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

  public int points() {
    return points;
  }

  /** Points in a row of a table. */
  int rowPoints() {
    return rowPoints;
  }

  /** True if it is read from the store. */
  public boolean stored() {
    return stepMs >= Figures.BUCKET_MS;
  }

  /** Steps that may be missing without a gap. */
  int mostMissed() {
    return stored() ? 0 : MOST_MISSED;
  }

  public long lengthMs() {
    return stepMs * points;
  }
}
