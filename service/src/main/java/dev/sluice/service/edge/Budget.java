package dev.sluice.service.edge;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of memory that may be held for one purpose at a time. */
final class Budget {

  private final long total;
  private final AtomicLong held = new AtomicLong();

  Budget(long total) {
    this.total = total;
  }

  long total() {
    return total;
  }

  /** Takes bytes out of it; false if fewer are left. */
  boolean take(long bytes) {
    return take(bytes, total);
  }

  /** Takes bytes if no more than {@code most} are held afterwards. */
  boolean take(long bytes, long most) {
    long now = held.addAndGet(bytes);
    if (now > most) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }
}
