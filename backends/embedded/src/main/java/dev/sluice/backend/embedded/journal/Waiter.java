package dev.sluice.backend.embedded.journal;

import java.util.concurrent.locks.LockSupport;

/** A thread that waits until all up to a position is on disk, or until it is to commit. */
final class Waiter {

  private final Thread thread = Thread.currentThread();
  private final long position;
  private volatile boolean woken;

  Waiter(long position) {
    this.position = position;
  }

  /** True if it was interrupted meanwhile. */
  boolean sleep() {
    boolean interrupted = false;
    while (!woken) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    return interrupted;
  }

  void wake() {
    woken = true;
    LockSupport.unpark(thread);
  }

  /** False, and nothing is done, if its position is later. */
  boolean wakeUpTo(long committed) {
    if (position > committed) {
      return false;
    }
    wake();
    return true;
  }
}
