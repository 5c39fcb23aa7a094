package dev.sluice.admin.charts;

/**
 * Lines over time, all seen at the same moments. Where nothing was seen for a while stands a row
 * without values, so that no line leads over it. Immutable.
 */
public final class TimeSeries {

  private final TimeRange span;
  private final long toMs;
  private final long[] atMs;
  private final float[][] values;

  /**
   * @param toMs the end of the time it is of, epoch ms
   * @param atMs moments, ascending
   * @param values by line, as many as moments; not a number where nothing is known
   */
  TimeSeries(TimeRange span, long toMs, long[] atMs, float[][] values) {
    this.span = span;
    this.toMs = toMs;
    this.atMs = atMs;
    this.values = values;
  }

  /** How far it looks back. */
  public TimeRange span() {
    return span;
  }

  /** The beginning of the time it is of, epoch ms. */
  public long fromMs() {
    return toMs - span.lengthMs();
  }

  /** The end of the time it is of, epoch ms. */
  public long toMs() {
    return toMs;
  }

  /** How many moments it holds. */
  public int size() {
    return atMs.length;
  }

  /** One of its moments, epoch ms. */
  public long at(int i) {
    return atMs[i];
  }

  /** A line at one of its moments; not a number where nothing is known of it. */
  public double value(int line, int i) {
    return values[line][i];
  }

  /** Whether a line is known at one of its moments. */
  public boolean known(int line, int i) {
    return !Float.isNaN(values[line][i]);
  }

  /** The greatest value of all lines; 0 without any. */
  public double highest() {
    double highest = 0;
    for (float[] line : values) {
      for (float value : line) {
        highest = value > highest ? value : highest; // never so for what is no number
      }
    }
    return highest;
  }

  /** How many lines it has. */
  public int lines() {
    return values.length;
  }
}
