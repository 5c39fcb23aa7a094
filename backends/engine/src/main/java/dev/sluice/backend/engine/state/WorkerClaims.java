package dev.sluice.backend.engine.state;

import dev.sluice.backend.Names;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A worker's claims, and the sessions waiting with its nack. The worker may be unknown. */
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
