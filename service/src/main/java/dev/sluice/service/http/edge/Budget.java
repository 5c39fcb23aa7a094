package dev.sluice.service.http.edge;

import java.util.concurrent.atomic.AtomicLong;

final class Budget {

  private final long total;
  private final AtomicLong held = new AtomicLong();

  Budget(long total) {
    this.total = total;
  }

  long total() {
    return total;
  }

  boolean take(long bytes) {
    return take(bytes, total);
  }

  /** Takes bytes if at most {@code most} are held afterwards. */
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
