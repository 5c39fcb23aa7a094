package dev.sluice.fleet;

/** Immutable histogram. Buckets grow by a fifth, so percentiles are exact within a tenth. */
public final class WaitHistogram {

  public static final WaitHistogram NONE = new WaitHistogram(new long[0]);

  private static final double STEPS_TO_DOUBLE = 4;
  private static final int LARGEST = 131; // 2^32 ms, seven weeks

  public static final int BUCKETS = LARGEST + 1;

  private final long[] counts;

  /**
   * @param counts by bucket; may be shorter than {@link #BUCKETS}
   */
  public WaitHistogram(long[] counts) {
    this.counts = counts.clone();
  }

  public static int bucket(long ms) {
    if (ms < 1) {
      return 0;
    }
    return Math.min(LARGEST, 1 + (int) (Math.log(ms) / Math.log(2) * STEPS_TO_DOUBLE));
  }

  public long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  public WaitHistogram since(WaitHistogram earlier) {
    long[] rest = counts.clone();
    for (int i = 0; i < Math.min(rest.length, earlier.counts.length); i++) {
      rest[i] -= earlier.counts[i];
    }
    return new WaitHistogram(rest);
  }

  /**
   * Returns ms, NaN without waits.
   *
   * @param part above 0, at most 1
   */
  public double percentile(double part) {
    long rank = (long) Math.ceil(part * count());
    if (rank <= 0) {
      return Double.NaN;
    }
    int bucket = 0;
    for (long seen = counts[0]; seen < rank; seen += counts[bucket]) {
      bucket++;
    }
    return bucket == 0 ? 0 : Math.pow(2, (bucket - 0.5) / STEPS_TO_DOUBLE);
  }
}
