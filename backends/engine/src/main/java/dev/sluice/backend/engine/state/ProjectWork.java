package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Live and dead sessions, and whether the queue is open. */
public final class ProjectWork {

  private final String name;
  private final List<Bucket> buckets = new ArrayList<>(1);
  private final PlaceCounts counts = new PlaceCounts();
  private QueueRecord queue;
  private boolean open = true;
  private final Map<Place, RankedSet> lists = new EnumMap<>(Place.class);

  int sessions;

  final Map<CapabilitySet, Integer> sets = new HashMap<>(2);

  ProjectWork(String name) {
    this.name = name;
    queue = QueueRecord.none(name);
  }

  public String name() {
    return name;
  }

  /** Buckets that hold work, at most one for each set of capabilities. */
  public List<Bucket> buckets() {
    return buckets;
  }

  public int setCount() {
    return sets.size();
  }

  public boolean needs(CapabilitySet set) {
    return sets.containsKey(set);
  }

  public boolean open() {
    return open;
  }

  public QueueRecord queue() {
    return queue;
  }

  public Counts counts() {
    return counts.show();
  }

  public boolean hasWork() {
    return !buckets.isEmpty();
  }

  /** Sessions in list order; null for none, and for ready work, which is in buckets. */
  public @Nullable RankedSet list(Place place) {
    return lists.get(place);
  }

  /** Waiting items before this one, counted up to the limit. */
  public int rank(long score, String id, int limit) {
    int rank = 0;
    for (int i = 0; i < buckets.size() && rank < limit; i++) {
      rank += buckets.get(i).items().rank(score, id, limit - rank);
    }
    return rank;
  }

  /** An earlier day's spending is shown only while it closes the queue. */
  public ProjectQueue show(OrgState state, long nowMs) {
    return show(queue, counts(), nowMs, Oldest.queuedAtMs(this, state));
  }

  public static ProjectQueue nothing(String project, long nowMs) {
    return show(QueueRecord.none(project), new PlaceCounts().show(), nowMs, 0);
  }

  private static ProjectQueue show(
      QueueRecord queue, Counts counts, long nowMs, long oldestQueuedAtMs) {
    long spent = queue.overBudget() ? queue.spentMicroUsd() : queue.spentOn(nowMs);
    return new ProjectQueue(
        queue.project(), counts, queue.limits(), spent, queue.pause(), oldestQueuedAtMs);
  }

  PlaceCounts mutableCounts() {
    return counts;
  }

  boolean nothing() {
    return sessions == 0 && queue.nothing();
  }

  void replace(QueueRecord newQueue) {
    queue = newQueue;
  }

  void review() {
    boolean capped = queue.limits().capped(counts.of(Place.CLAIMED));
    boolean nowOpen = queue.pause() == null && !capped && !queue.overBudget();
    if (nowOpen != open) {
      open = nowOpen;
      buckets.forEach(Bucket::refresh);
    }
  }

  void enlist(SessionRecord session) {
    if (session.place() != Place.READY) {
      lists
          .computeIfAbsent(session.place(), place -> new RankedSet())
          .add(listedBy(session), session.id());
    }
  }

  void delist(SessionRecord session) {
    RankedSet list = lists.get(session.place());
    if (list != null) {
      list.remove(listedBy(session), session.id());
      if (list.isEmpty()) {
        lists.remove(session.place());
      }
    }
  }

  private static long listedBy(SessionRecord session) {
    return switch (session.place()) {
      case LATER -> session.notBeforeMs();
      case CLAIMED -> session.claim().claimedAtMs();
      case DEAD, ENDED -> session.endedAtMs();
      default -> session.score();
    };
  }

  @Nullable Bucket bucket(CapabilitySet set) {
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.get(i).capabilities() == set) {
        return buckets.get(i);
      }
    }
    return null;
  }

  /**
   * The enqueue time of the oldest work. A priority is in order of enqueue time, so its first item
   * counts; for work put in front the records are read.
   */
  private static final class Oldest {

    private static final long NONE = Long.MAX_VALUE;

    static long queuedAtMs(ProjectWork project, OrgState state) {
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
}
