package dev.sluice.service.edge;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Calls of one kind: a number of them is served at a time, and a number waits. */
final class Lane {

  /** A place in a lane. */
  enum Place {
    SERVED,
    WAITS,
    FULL
  }

  private final int most;
  private final int mostWaiting;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int served;

  Lane(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Enters it.
   *
   * @param call is handed out by {@link #leave} where it has to wait
   */
  synchronized Place enter(Runnable call) {
    if (served < most) {
      served++;
      return Place.SERVED;
    }
    return waiting.size() < mostWaiting && waiting.add(call) ? Place.WAITS : Place.FULL;
  }

  /** Leaves it; the next call, which is served from now on, or null. */
  synchronized @Nullable Runnable leave() {
    Runnable next = waiting.poll();
    if (next == null) {
      served--;
    }
    return next;
  }

  /** Takes a call out that waits. False if it is served already. */
  synchronized boolean giveUp(Runnable call) {
    return waiting.remove(call);
  }
}
