package dev.sluice.backend.engine.state;

import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.work.Score;

/**
 * Since when the oldest work of a project waits. Within a priority the order of hand-out is that of
 * enqueue times, so the first item of each priority in each bucket tells; of work put in front, the
 * records tell.
 */
public final class OldestWork {

  private static final long NONE = Long.MAX_VALUE;

  private OldestWork() {}

  /** See {@link ProjectQueue#oldestQueuedAtMs}. */
  public static long queuedAtMs(ProjectWork project, OrgState state) {
    long oldest = NONE;
    RankedSet fronted = new RankedSet();
    for (Bucket bucket : project.buckets()) {
      oldest = Math.min(oldest, byPriorities(bucket.items()));
      addFronted(bucket.items(), fronted);
    }
    oldest = Math.min(oldest, byRecords(fronted, state));
    return oldest == NONE ? 0 : oldest;
  }

  private static long byPriorities(RankedSet items) {
    long oldest = NONE;
    long behind = 0;
    for (long score = firstBehind(items, behind); score != NONE; ) {
      if (!Score.isFront(score)) {
        oldest = Math.min(oldest, Score.queuedAtMs(score));
      }
      behind = Score.behindPriorityOf(score);
      score = firstBehind(items, behind);
    }
    return oldest;
  }

  private static long firstBehind(RankedSet items, long score) {
    long[] first = {NONE};
    items.visitAfter(
        score,
        "",
        (number, id) -> {
          first[0] = number;
          return false;
        });
    return first[0];
  }

  private static void addFronted(RankedSet items, RankedSet fronted) {
    int[] left = {ProjectQueue.FRONT_LOOKED_AT};
    items.visit((score, id) -> Score.isFront(score) && fronted.add(score, id) && --left[0] > 0);
  }

  private static long byRecords(RankedSet fronted, OrgState state) {
    long[] oldest = {NONE};
    int[] left = {ProjectQueue.FRONT_LOOKED_AT};
    fronted.visit(
        (score, id) -> {
          if (state.session(id) instanceof SessionRecord session) {
            oldest[0] = Math.min(oldest[0], session.queuedAtMs());
          }
          return --left[0] > 0;
        });
    return oldest[0];
  }
}
