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

/** A project's live and dead sessions, and what opens and closes its queue. */
public final class ProjectWork {

  private final String name;
  private final List<Bucket> buckets = new ArrayList<>(1);
  private final PlaceCounts counts = new PlaceCounts();
  private QueueRecord queue;
  private boolean open = true;
  private final Map<Place, RankedSet> lists = new EnumMap<>(Place.class);

  /** Its live and dead sessions. */
  int sessions;

  /** How many of them need each set of capabilities. */
  final Map<CapabilitySet, Integer> sets = new HashMap<>(2);

  ProjectWork(String name) {
    this.name = name;
    queue = QueueRecord.none(name);
  }

  /** The project. */
  public String name() {
    return name;
  }

  /** Its buckets that hold work, at most one a set of capabilities. */
  public List<Bucket> buckets() {
    return buckets;
  }

  /** How many sets of capabilities its live and dead sessions need. */
  public int setCount() {
    return sets.size();
  }

  /** Whether any of them needs that set. */
  public boolean needs(CapabilitySet set) {
    return sets.containsKey(set);
  }

  /** Whether its queue hands work out. */
  public boolean open() {
    return open;
  }

  /** What was said of its queue. */
  public QueueRecord queue() {
    return queue;
  }

  /** How many of its sessions stand in each place. */
  public Counts counts() {
    return counts.show();
  }

  /** Whether any of its work stands in a bucket. */
  public boolean hasWork() {
    return !buckets.isEmpty();
  }

  /**
   * Its sessions in that place, in the order of their list; null if there are none, and for ready
   * work, which stands in buckets alone.
   */
  public @Nullable RankedSet list(Place place) {
    return lists.get(place);
  }

  /** How many of its waiting items come before that one, counted no further than the limit. */
  public int rank(long score, String id, int limit) {
    int rank = 0;
    for (int i = 0; i < buckets.size() && rank < limit; i++) {
      rank += buckets.get(i).items().rank(score, id, limit - rank);
    }
    return rank;
  }

  /**
   * As the contract shows it.
   *
   * @param nowMs what was spent on another day than that of it is shown only while it closes the
   *     queue
   */
  public ProjectQueue show(OrgState state, long nowMs) {
    return show(queue, counts(), nowMs, Oldest.queuedAtMs(this, state));
  }

  /** A project that has nothing. */
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

  /** Opens or closes its queue after whatever has changed of it. */
  void review() {
    boolean capped = queue.limits().capped(counts.of(Place.CLAIMED));
    boolean nowOpen = queue.pause() == null && !capped && !queue.overBudget();
    if (nowOpen != open) {
      open = nowOpen;
      buckets.forEach(Bucket::refresh);
    }
  }

  /** Puts a session into the list of its place. */
  void enlist(SessionRecord session) {
    if (session.place() != Place.READY) {
      lists
          .computeIfAbsent(session.place(), place -> new RankedSet())
          .add(listedBy(session), session.id());
    }
  }

  /** Takes a session out of the list of its place. */
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
   * The age of the oldest work. Within a priority the order of hand-out is that of enqueue times,
   * so the first item of each priority in each bucket is the oldest; of work put in front the
   * records are read.
   */
  private static final class Oldest {

    private static final long NONE = Long.MAX_VALUE;

    /** See {@link ProjectQueue#oldestQueuedAtMs}. */
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
