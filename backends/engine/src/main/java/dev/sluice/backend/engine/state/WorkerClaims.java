package dev.sluice.backend.engine.state;

import dev.sluice.backend.Names;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What sessions say of a worker, whether or not it is stored itself. */
public final class WorkerClaims {

  /** Of a worker that no session names. */
  static final WorkerClaims NOTHING = new WorkerClaims();

  private final NavigableSet<String> active = new TreeSet<>(Names::compareBytes);

  /** Sessions that wait with its nack against them. */
  int returns;

  /** The sessions it has claims of, sorted by bytes. */
  public NavigableSet<String> active() {
    return Collections.unmodifiableNavigableSet(active);
  }

  /** How many claims it has. */
  public int activeCount() {
    return active.size();
  }

  /** How many sessions wait with its nack against them. */
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
