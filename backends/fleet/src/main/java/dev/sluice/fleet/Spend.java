package dev.sluice.fleet;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import java.time.Duration;
import java.util.List;

/**
 * Spending of a fleet, running sessions included.
 *
 * @param todayMicroUsd of this UTC day
 * @param latelyMicroUsd of the time before the reading
 * @param latelyMs that time: 15 to 20 minutes
 */
public record Spend(long todayMicroUsd, long latelyMicroUsd, long latelyMs) {

  public static final Spend NONE = new Spend(0, 0, Figures.BUCKET_MS);

  private static final long LATELY_MS = Duration.ofMinutes(15).toMillis();
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  static Spend read(Figures figures, String org, long nowMs) {
    long day = Math.floorDiv(nowMs, DAY_MS) * DAY_MS;
    long lately = Figures.startOf(nowMs) - LATELY_MS;
    List<FigureBucket> buckets =
        figures.read(org, FigureDimension.PROJECT, Math.min(day, lately), nowMs + 1);
    return new Spend(since(day, buckets), since(lately, buckets), nowMs - lately);
  }

  private static long since(long fromMs, List<FigureBucket> buckets) {
    long sum =
        buckets.stream()
            .filter(bucket -> bucket.startMs() >= fromMs)
            .mapToLong(bucket -> bucket.total().costMicroUsd())
            .sum();
    return Math.max(0, sum);
  }

  public long anHourMicroUsd() {
    return Math.round((double) latelyMicroUsd * HOUR_MS / latelyMs);
  }
}
