package dev.sluice.fleet;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The latest snapshot of an org and the time of the next. */
final class OrgSampler {

  static final Duration FRESH = Duration.ofSeconds(1);

  /** Snapshots each second for this long after a request. */
  private static final Duration EYES = Duration.ofSeconds(10);

  /** Snapshots each 5 s for this long after a request, for the history. */
  private static final Duration MEMORY = Duration.ofHours(1);

  private static final Duration NOW_AND_THEN = Duration.ofSeconds(5);

  private final String org;
  private final String node;
  private final AtomicBoolean heard = new AtomicBoolean();
  private volatile @Nullable TestSnapshot seen;
  private volatile long askedAt;
  private final AtomicBoolean unclaimedAsked = new AtomicBoolean();
  private volatile @Nullable Long unclaimedAskedAt;

  /** Time at which the store last gave no answer. */
  private volatile @Nullable Long awayAt;

  /** Guarded by this. */
  private Object essence = "";

  private long number;

  private final Object coming = new Object();
  private @Nullable Future<?> next;

  private record TestSnapshot(Reading reading, long at) {}

  /**
   * @param node part of the marks, which differ between nodes
   */
  OrgSampler(String org, String node) {
    this.org = org;
    this.node = node;
  }

  String org() {
    return org;
  }

  void ask(long nanos) {
    askedAt = nanos;
  }

  void askUnclaimed(long nanos) {
    unclaimedAskedAt = nanos;
    unclaimedAsked.set(true);
  }

  /** True for the next look, and until 10 s after the last request for unclaimed work. */
  boolean wantsUnclaimed(long nanos) {
    Long last = unclaimedAskedAt;
    return unclaimedAsked.getAndSet(false) || (last != null && nanos - last <= EYES.toNanos());
  }

  void wasAway(long nanos) {
    awayAt = nanos;
  }

  /** Returns the end of the last outage of the node or the store. */
  long steadySince(long nodeSince) {
    Long last = awayAt;
    return last == null ? nodeSince : Math.max(nodeSince, last);
  }

  void hear() {
    heard.set(true);
  }

  @Nullable Reading latest() {
    TestSnapshot last = seen;
    return last == null ? null : last.reading;
  }

  boolean isFresh(long nanos) {
    TestSnapshot last = seen;
    return last != null && nanos - last.at < FRESH.toNanos();
  }

  boolean isDue(long nanos) {
    TestSnapshot last = seen;
    if (last == null) {
      return false;
    }
    long age = nanos - last.at;
    long idle = nanos - askedAt;
    return (age >= FRESH.toNanos() && idle <= EYES.toNanos())
        || (age >= NOW_AND_THEN.toNanos() && idle <= MEMORY.toNanos());
  }

  /** Takes the first snapshot, shared by concurrent callers. */
  synchronized Reading first(Supplier<Reading> look) {
    Reading last = latest();
    return last == null ? look.get() : last;
  }

  /**
   * Takes a snapshot, one at a time.
   *
   * @param changed true to change the mark always
   */
  synchronized Reading look(UnaryOperator<Reading> read, boolean changed, Supplier<Long> time) {
    boolean other = heard.getAndSet(false) || changed; // what is heard from here on is for the next
    Reading before = latest();
    Reading now = read.apply(before == null ? Reading.NOTHING : before);
    Object what = now.essence();
    if (other || !what.equals(essence)) {
      number++;
    }
    essence = what;
    Reading marked = now.marked(node + "-" + number);
    seen = new TestSnapshot(marked, time.get());
    return marked;
  }

  /** Returns the snapshot under way or starts one. */
  Future<?> next(Supplier<Future<?>> begin) {
    synchronized (coming) {
      Future<?> there = next;
      if (there == null || there.isDone()) {
        there = begin.get();
        next = there;
      }
      return there;
    }
  }
}
