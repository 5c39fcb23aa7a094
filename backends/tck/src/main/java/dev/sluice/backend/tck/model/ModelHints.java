package dev.sluice.backend.tck.model;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who listens to what has become eligible or readable. */
final class ModelHints implements Hints {

  /** One subscription; the same listener may subscribe twice. */
  private record Listener(Consumer<Hint> consumer, Object identity) {}

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  @Override
  public Subscription subscribe(Consumer<Hint> consumer) {
    Listener listener = new Listener(consumer, new Object());
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  boolean anybodyListens() {
    return !listeners.isEmpty();
  }

  void announce(Iterable<Hint> hints) {
    for (Hint hint : hints) {
      listeners.forEach(listener -> listener.consumer.accept(hint));
    }
  }
}
