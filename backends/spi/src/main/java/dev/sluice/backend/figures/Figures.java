package dev.sluice.backend.figures;

import java.util.List;

/**
 * The figures of orgs in buckets of five minutes of the stored time: docs/rules.md, "Figures".
 * Counted in the step that changes a session; an embedded store writes them a few seconds later.
 */
public interface Figures {

  long BUCKET_MS = 5 * 60_000;

  /** Older buckets are deleted. */
  long KEPT_MS = 7 * 24 * 60 * 60_000L;

  /** Most names of a dimension in a bucket, which projects share; others are the rest. */
  int MAX_SERIES = 50;

  /** The time between two looks at waiting work. */
  long GAUGE_MS = 60_000;

  /** Most projects whose waiting work a look tells apart, so that it holds up nobody. */
  int MAX_GAUGED = 500;

  /**
   * Returns the buckets that began from {@code fromMs}, rounded down to a bucket, until before
   * {@code toMs}, oldest first. Those in which nothing was counted are missing, but with projects
   * one is there, and may be empty, if a sweep looked at waiting work.
   *
   * @throws IllegalArgumentException for more than {@link #KEPT_MS} and a bucket
   */
  List<FigureBucket> read(String org, FigureDimension by, long fromMs, long toMs);

  /** Returns the start of the bucket at a time. */
  static long startOf(long ms) {
    return Math.floorDiv(ms, BUCKET_MS) * BUCKET_MS;
  }

  /** Returns the start of the oldest bucket that is kept. */
  static long oldestAt(long nowMs) {
    return startOf(nowMs - KEPT_MS);
  }

  static void requireRange(long fromMs, long toMs) {
    if (fromMs < 0 || toMs - fromMs > KEPT_MS + BUCKET_MS) {
      throw new IllegalArgumentException("a range of figures is at most 7 days");
    }
  }
}
