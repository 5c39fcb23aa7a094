package dev.sluice.admin.charts;

import dev.sluice.fleet.NodeTotals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

final class RecentTotals {

  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

  private static final long LEAST_MS = Duration.ofSeconds(5).toMillis();

  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(long atMs, NodeTotals.Totals totals) {}

  record Passed(long ms, NodeTotals.Totals counts) {

    double aSecond(long count) {
      return count * 1_000.0 / ms;
    }
  }

  /** Starts again at an earlier time or a lower count. */
  void add(long atMs, NodeTotals.Totals totals) {
    Look last = looks.peekLast();
    if (last != null && (atMs < last.atMs() || isLower(totals, last.totals()))) {
      looks.clear();
    }
    looks.addLast(new Look(atMs, totals));
    while (atMs - looks.getFirst().atMs() > MINUTE_MS) {
      looks.removeFirst();
    }
  }

  private static boolean isLower(NodeTotals.Totals totals, NodeTotals.Totals than) {
    return totals.enqueued() < than.enqueued()
        || totals.claimed() < than.claimed()
        || totals.completed() < than.completed();
  }

  /** Returns the counts of up to a minute; null below 5 s. */
  @Nullable Passed passed() {
    Look first = looks.peekFirst();
    Look last = looks.peekLast();
    if (first == null || last == null || last.atMs() - first.atMs() < LEAST_MS) {
      return null;
    }
    return new Passed(last.atMs() - first.atMs(), last.totals().since(first.totals()));
  }
}
