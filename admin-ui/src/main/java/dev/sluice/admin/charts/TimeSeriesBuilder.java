package dev.sluice.admin.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

final class TimeSeriesBuilder {

  private final TimeRange span;
  private final long nowMs;
  private final int lines;
  private final List<Long> times = new ArrayList<>();
  private final List<float[]> rows = new ArrayList<>();
  private long last;

  TimeSeriesBuilder(TimeRange span, long nowMs, int lines) {
    this.span = span;
    this.nowMs = nowMs;
    this.lines = lines;
  }

  /** A row without values is a gap. */
  void add(long step, float[] row) {
    if (!any(row)) {
      return;
    }
    if (!rows.isEmpty() && step - last > span.mostMissed() + 1) {
      float[] gap = new float[lines];
      Arrays.fill(gap, Float.NaN);
      times.add((last + 1) * span.stepMs() + 1);
      rows.add(gap);
    }
    // The value is the latest of its step, so it stands at the end of it.
    times.add(Math.min((step + 1) * span.stepMs(), nowMs));
    rows.add(row);
    last = step;
  }

  private static boolean any(float[] row) {
    for (float value : row) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  TimeSeries build() {
    long[] at = times.stream().mapToLong(Long::longValue).toArray();
    float[][] values = new float[lines][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int line = 0; line < lines; line++) {
        values[line][i] = rows.get(i)[line];
      }
    }
    return new TimeSeries(span, nowMs, at, values);
  }
}
