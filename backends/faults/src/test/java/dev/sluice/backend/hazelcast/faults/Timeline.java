package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.hazelcast.faults.NetworkHosts.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The links that were cut and the processes that ran. Times are {@link System#nanoTime}. */
final class Timeline {

  private final List<Moment> moments = new ArrayList<>();

  /**
   * From a time on.
   *
   * @param up processes that run, neither paused nor dead
   */
  private record Moment(long atNs, Set<Link> cut, Set<Integer> up) {

    boolean linked(int a, int b) {
      return up.contains(b) && !cut.contains(new Link(a, b)) && !cut.contains(new Link(b, a));
    }
  }

  /** A stretch of time. */
  record Span(long fromNs, long toNs) {

    long overlapNs(Span other) {
      return Math.max(0, Math.min(toNs, other.toNs) - Math.max(fromNs, other.fromNs));
    }
  }

  void note(Set<Link> cut, Set<Integer> up) {
    note(System.nanoTime(), cut, up);
  }

  synchronized void note(long atNs, Set<Link> cut, Set<Integer> up) {
    moments.add(new Moment(atNs, Set.copyOf(cut), Set.copyOf(up)));
  }

  /**
   * Returns the times when a member could not reach a majority. Of two members the first in the
   * list needs no other.
   */
  synchronized List<Span> withoutMajority(int member, int size) {
    return spans(moment -> !majority(moment, member, size));
  }

  synchronized List<Span> notRunning(int member) {
    return spans(moment -> !moment.up.contains(member));
  }

  private static boolean majority(Moment moment, int member, int size) {
    int reached = 1;
    for (int other = 0; other < size; other++) {
      if (other != member && moment.linked(member, other)) {
        reached++;
      }
    }
    return reached > size / 2 || (size == 2 && member == 0);
  }

  private List<Span> spans(java.util.function.Predicate<Moment> within) {
    List<Span> spans = new ArrayList<>();
    long from = 0;
    boolean open = false;
    for (Moment moment : moments) {
      boolean now = within.test(moment);
      if (now && !open) {
        from = moment.atNs;
      } else if (!now && open) {
        spans.add(new Span(from, moment.atNs));
      }
      open = now;
    }
    if (open) {
      spans.add(new Span(from, Long.MAX_VALUE));
    }
    return spans;
  }
}
