package dev.sluice.service.http.edge;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Calls of one kind: a limited number is served and a limited number waits. */
final class CallLane {

  enum Place {
    SERVED,
    WAITS,
    FULL
  }

  private final int most;
  private final int mostWaiting;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int served;

  CallLane(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /** {@link #leave} returns the call if it has to wait. */
  synchronized Place enter(Runnable call) {
    if (served < most) {
      served++;
      return Place.SERVED;
    }
    return waiting.size() < mostWaiting && waiting.add(call) ? Place.WAITS : Place.FULL;
  }

  synchronized @Nullable Runnable leave() {
    Runnable next = waiting.poll();
    if (next == null) {
      served--;
    }
    return next;
  }

  /** False if the call is already served. */
  synchronized boolean giveUp(Runnable call) {
    return waiting.remove(call);
  }
}
