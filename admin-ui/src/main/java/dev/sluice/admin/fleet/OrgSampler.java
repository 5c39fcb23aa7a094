package dev.sluice.admin.fleet;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is known of one org's fleet, and when it is to be looked at again. */
final class OrgSampler {

  /** So old a look may be at most that a page shows. */
  static final Duration FRESH = Duration.ofSeconds(1);

  /** So long after somebody asked it is looked at each second. */
  private static final Duration EYES = Duration.ofSeconds(10);

  /** So long it is looked at now and then, for the history. */
  private static final Duration MEMORY = Duration.ofHours(1);

  private static final Duration NOW_AND_THEN = Duration.ofSeconds(5);

  private final String org;
  private final String node;
  private final AtomicBoolean heard = new AtomicBoolean();
  private volatile @Nullable TestSnapshot seen;
  private volatile long askedAt;

  /** Of the latest look; guarded by this. */
  private Object essence = "";

  private long number;

  private final Object coming = new Object();
  private @Nullable Future<?> next;

  private record TestSnapshot(Reading reading, long at) {}

  /**
   * @param node tells this node's marks from those of others
   */
  OrgSampler(String org, String node) {
    this.org = org;
    this.node = node;
  }

  String org() {
    return org;
  }

  /** Somebody wants to know of it. */
  void ask(long nanos) {
    askedAt = nanos;
  }

  /** Something of it changed, whatever a look may see of it. */
  void hear() {
    heard.set(true);
  }

  /** The latest look; null before the first. */
  @Nullable Reading latest() {
    TestSnapshot last = seen;
    return last == null ? null : last.reading;
  }

  /** Whether the latest look is young enough to be shown. */
  boolean isFresh(long nanos) {
    TestSnapshot last = seen;
    return last != null && nanos - last.at < FRESH.toNanos();
  }

  /** Whether it is time for another look. */
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

  /** The first look; many who ask at once cause one. */
  synchronized Reading first(Supplier<Reading> look) {
    Reading last = latest();
    return last == null ? look.get() : last;
  }

  /**
   * Looks, one at a time.
   *
   * @param read makes a reading, given the one before
   * @param changed whether the mark shall be another one in any case
   * @param time tells the time in nanoseconds
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

  /** The look that is under way, or one that is begun for it. */
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
