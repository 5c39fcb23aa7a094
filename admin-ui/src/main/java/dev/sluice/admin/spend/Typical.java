package dev.sluice.admin.spend;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.sessions.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session of a project typically costs: the median of its other running sessions that cost
 * anything, if there are at least {@link #LEAST}; else the mean of those that ended in the range,
 * without what running ones have cost.
 */
final class Typical {

  /** Times the typical cost from which a session is an outlier. */
  static final int OUTLIER = 3;

  private static final int LEAST = 3;

  /** Less is nobody's concern. */
  private static final long LEAST_MICRO_USD = 1_000_000;

  private final Map<String, List<Long>> running = new HashMap<>();
  private final Map<String, FigureSeries> past = new HashMap<>();

  Typical(Collection<Claim> claims, List<FigureBucket> byProject) {
    for (Claim claim : claims) {
      if (claim.costMicroUsd() > 0) {
        running
            .computeIfAbsent(claim.project(), key -> new ArrayList<>())
            .add(claim.costMicroUsd());
      }
    }
    running.values().forEach(costs -> costs.sort(null));
    for (FigureBucket bucket : byProject) {
      bucket.series().stream()
          .filter(series -> !series.rest())
          .forEach(series -> past.merge(series.name(), series, FigureSeries::and));
    }
  }

  /** Returns 0 if unknown. */
  long microUsd(Claim claim) {
    List<Long> costs = running.getOrDefault(claim.project(), List.of());
    int own = Collections.binarySearch(costs, claim.costMicroUsd());
    int others = own < 0 ? costs.size() : costs.size() - 1;
    if (others >= LEAST) {
      long upper = without(costs, own, others / 2);
      return others % 2 == 1 ? upper : (without(costs, own, others / 2 - 1) + upper) / 2;
    }
    FigureSeries all = past.get(claim.project());
    long ends = all == null ? 0 : all.completed() + all.failed();
    if (all == null || ends == 0) {
      return 0;
    }
    long now = costs.stream().mapToLong(Long::longValue).sum();
    return Math.max(0, all.costMicroUsd() - now) / ends;
  }

  /** Returns an element of the list without the one at {@code own}; below 0 for all. */
  private static long without(List<Long> costs, int own, int index) {
    return costs.get(own >= 0 && index >= own ? index + 1 : index);
  }

  boolean isOutlier(Claim claim) {
    long typical = microUsd(claim);
    return typical > 0
        && claim.costMicroUsd() >= LEAST_MICRO_USD
        && claim.costMicroUsd() > OUTLIER * typical;
  }
}
