package dev.sluice.backend.engine.state;

import dev.sluice.backend.Names;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The claims of a worker, and the sessions waiting with its nack. Kept by id, whether the worker is
 * known or not.
 */
public final class WorkerClaims {

  static final WorkerClaims NOTHING = new WorkerClaims();

  private final NavigableSet<String> active = new TreeSet<>(Names::compareBytes);

  int returns;

  public NavigableSet<String> active() {
    return Collections.unmodifiableNavigableSet(active);
  }

  public int activeCount() {
    return active.size();
  }

  public int returns() {
    return returns;
  }

  NavigableSet<String> mutableActive() {
    return active;
  }

  boolean nothing() {
    return active.isEmpty() && returns == 0;
  }
}
