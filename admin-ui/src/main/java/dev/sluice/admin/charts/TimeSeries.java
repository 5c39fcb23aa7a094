package dev.sluice.admin.charts;

/** Lines over common moments; NaN marks a gap. Immutable. */
public final class TimeSeries {

  private final TimeRange span;
  private final long toMs;
  private final long[] atMs;
  private final float[][] values;

  /**
   * @param atMs ascending
   * @param values by line and moment; NaN if unknown
   */
  TimeSeries(TimeRange span, long toMs, long[] atMs, float[][] values) {
    this.span = span;
    this.toMs = toMs;
    this.atMs = atMs;
    this.values = values;
  }

  public TimeRange span() {
    return span;
  }

  public long fromMs() {
    return toMs - span.lengthMs();
  }

  public long toMs() {
    return toMs;
  }

  public int size() {
    return atMs.length;
  }

  public long at(int i) {
    return atMs[i];
  }

  public double value(int line, int i) {
    return values[line][i];
  }

  public boolean known(int line, int i) {
    return !Float.isNaN(values[line][i]);
  }

  public double highest() {
    double highest = 0;
    for (float[] line : values) {
      for (float value : line) {
        highest = value > highest ? value : highest; // never so for what is no number
      }
    }
    return highest;
  }

  public int lines() {
    return values.length;
  }
}
