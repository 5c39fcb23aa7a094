package dev.sluice.admin.charts;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ring of steps, each row marked with its step. Not thread-safe. */
final class Ring {

  private static final int POINTS = TimeRange.POINTS;

  private final TimeRange span;
  private final long[] stepOf = new long[POINTS];
  private final float[][] fleet = empty(Metric.values().length);
  private final Map<String, float[][]> queues = new HashMap<>();

  Ring(TimeRange span) {
    this.span = span;
  }

  private static float[][] empty(int lines) {
    float[][] values = new float[lines][POINTS];
    for (float[] line : values) {
      Arrays.fill(line, Float.NaN);
    }
    return values;
  }

  void follow(String project) {
    queues.put(project, empty(Metric.OF_QUEUE));
  }

  void forget(String project) {
    queues.remove(project);
  }

  void begin(long atMs) {
    int slot = slot(atMs);
    long step = atMs / span.stepMs();
    if (stepOf[slot] != step) {
      stepOf[slot] = step;
      clear(fleet, slot);
      queues.values().forEach(lines -> clear(lines, slot));
    }
  }

  private static void clear(float[][] lines, int slot) {
    for (float[] line : lines) {
      line[slot] = Float.NaN;
    }
  }

  /** The last value of a step wins. */
  void put(long atMs, Metric measure, double value) {
    fleet[measure.ordinal()][slot(atMs)] = (float) value;
  }

  /** Ignored unless the queue is followed. */
  void put(long atMs, String project, Metric measure, double value) {
    float[][] lines = queues.get(project);
    if (lines != null) {
      lines[measure.ordinal()][slot(atMs)] = (float) value;
    }
  }

  private int slot(long atMs) {
    return (int) (atMs / span.stepMs() % POINTS);
  }

  TimeSeries read(@Nullable String project, List<Metric> measures, long nowMs) {
    float[][] lines = project == null ? fleet : queues.getOrDefault(project, new float[0][]);
    TimeSeriesBuilder curve = new TimeSeriesBuilder(span, nowMs, measures.size());
    long last = nowMs / span.stepMs();
    for (long step = last - POINTS + 1; lines.length > 0 && step <= last; step++) {
      int slot = (int) (step % POINTS);
      if (stepOf[slot] == step) {
        float[] row = new float[measures.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = lines[measures.get(i).ordinal()][slot];
        }
        curve.add(step, row);
      }
    }
    return curve.build();
  }
}
