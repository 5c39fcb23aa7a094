package dev.sluice.backend.tck.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes a failure short: leaves out steps while a backend and the model, asked the same one call
 * after the other, still differ.
 */
final class Shortener {

  private final Supplier<Side> backends;
  private final Supplier<Side> models;
  private final long deadlineNanos;

  /**
   * @param backends opens an empty backend
   * @param models opens an empty model
   * @param seconds how long to look for something shorter
   */
  Shortener(Supplier<Side> backends, Supplier<Side> models, long seconds) {
    this.backends = backends;
    this.models = models;
    deadlineNanos = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /** As few steps as could be found, the last of which differs; none if alone they don't differ. */
  List<Made> shorten(Difference difference) {
    List<Made> steps = new ArrayList<>(difference.before());
    steps.add(difference.made());
    int at = difference(steps);
    if (at < 0) {
      return List.of();
    }
    steps = steps.subList(0, at + 1);
    for (int chunk = steps.size() / 2; chunk > 0; ) {
      int sizeBefore = steps.size();
      steps = without(steps, chunk);
      chunk = chunk > 1 || steps.size() == sizeBefore ? chunk / 2 : 1;
    }
    return steps;
  }

  /** Leaves out as many pieces of that size as possible, from the end on. */
  private List<Made> without(List<Made> steps, int chunk) {
    List<Made> left = steps;
    for (int end = left.size() - 1; end > 0 && System.nanoTime() < deadlineNanos; end -= chunk) {
      List<Made> tried = new ArrayList<>(left);
      tried.subList(Math.max(0, end - chunk), Math.min(end, tried.size() - 1)).clear();
      int at = difference(tried);
      if (at >= 0) {
        left = tried.subList(0, at + 1);
        end = Math.min(end, left.size() - 1 + chunk);
      }
    }
    return left;
  }

  /** Where the two first differ; -1 if they don't. */
  private int difference(List<Made> steps) {
    try (Side backend = backends.get();
        Side model = models.get()) {
      Ids ids = new Ids();
      for (int i = 0; i < steps.size(); i++) {
        Made made = steps.get(i);
        Answer expected = model.make(made.step(), ids);
        if (!backend.make(made.step(), ids).equals(expected)) {
          return i;
        }
        ids.learn(made.answer().value(), expected.value());
      }
      return -1;
    }
  }
}
