package dev.sluice.bench.figures;

import java.util.Arrays;

/** Durations in nanoseconds. All are kept, so percentiles are exact. Not thread-safe. */
public final class Samples {

  private long[] values = new long[1024];
  private int size;

  public void add(long nanos) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = nanos;
  }

  public void addAll(Samples others) {
    values = Arrays.copyOf(values, Math.max(values.length, size + others.size));
    System.arraycopy(others.values, 0, values, size, others.size);
    size += others.size;
  }

  public int size() {
    return size;
  }

  /** By nearest rank; 1.0 is the maximum. */
  public long[] percentiles(double... shares) {
    if (size == 0) {
      throw new IllegalStateException("no samples");
    }
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return Arrays.stream(shares)
        .mapToLong(share -> sorted[Math.max(0, rank(share, size) - 1)])
        .toArray();
  }

  /** 0.07 x 100 is slightly above 7 in doubles; its rank must still be 7. */
  private static int rank(double share, int size) {
    return (int) Math.ceil(share * size - 1e-6);
  }
}
