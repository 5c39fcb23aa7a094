package dev.sluice.backend.tck.history;

import java.util.ArrayList;
import java.util.List;

/** Leaves out steps while the rest still fails. */
final class Shortener {

  interface Trial {
    /** Returns the failing step; -1 if none. */
    int failsAt(List<Made> steps);
  }

  private final Trial trial;
  private final long deadlineNanos;

  Shortener(Trial trial, long seconds) {
    this.trial = trial;
    deadlineNanos = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /**
   * Returns few steps, the last of which fails; empty if they don't fail alone.
   *
   * @param kept last steps that are never left out
   */
  List<Made> shorten(List<Made> all, int kept) {
    int at = trial.failsAt(all);
    if (at < 0) {
      return List.of();
    }
    List<Made> steps = all.subList(0, at + 1);
    for (int chunk = steps.size() / 2; chunk > 0; ) {
      int sizeBefore = steps.size();
      steps = without(steps, chunk, kept);
      chunk = chunk > 1 || steps.size() == sizeBefore ? chunk / 2 : 1;
    }
    return steps;
  }

  private List<Made> without(List<Made> steps, int chunk, int kept) {
    List<Made> left = steps;
    for (int end = left.size() - kept; end > 0 && System.nanoTime() < deadlineNanos; end -= chunk) {
      List<Made> tried = new ArrayList<>(left);
      tried.subList(Math.max(0, end - chunk), end).clear();
      int at = trial.failsAt(tried);
      if (at >= 0) {
        left = tried.subList(0, at + 1);
        end = Math.min(end, left.size() - kept + chunk);
      }
    }
    return left;
  }
}
