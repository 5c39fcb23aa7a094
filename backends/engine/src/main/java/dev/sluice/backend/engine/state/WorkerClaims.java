package dev.sluice.backend.engine.state;

import dev.sluice.backend.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's claims, and the sessions waiting with its nack. The worker may be unknown. */
public final class WorkerClaims {

  static final WorkerClaims NOTHING = new WorkerClaims();

  private final List<String> active = new ArrayList<>(0); // sorted
  private @Nullable List<String> listed = List.of(); // a copy; null after a change

  int returns;

  /** Returns the sessions that it holds now, sorted by bytes, in a list that never changes. */
  public List<String> active() {
    if (listed == null) {
      listed = List.copyOf(active);
    }
    return listed;
  }

  public int activeCount() {
    return active.size();
  }

  public boolean holds(String sessionId) {
    return place(sessionId) >= 0;
  }

  /** Returns the sessions of a list that it holds now. */
  public List<String> among(List<String> sessionIds) {
    return sessionIds.isEmpty() ? List.of() : sessionIds.stream().filter(this::holds).toList();
  }

  public int returns() {
    return returns;
  }

  void add(String sessionId) {
    int place = place(sessionId);
    if (place < 0) {
      active.add(-place - 1, sessionId);
      listed = null;
    }
  }

  void remove(String sessionId) {
    int place = place(sessionId);
    if (place >= 0) {
      active.remove(place);
      listed = null;
    }
  }

  private int place(String sessionId) {
    return Collections.binarySearch(active, sessionId, Names::compareBytes);
  }

  boolean nothing() {
    return active.isEmpty() && returns == 0;
  }
}
