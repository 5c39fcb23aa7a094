package dev.sluice.service.auth.secrets;

import dev.sluice.service.errors.ApiException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Limits concurrent expensive calls: logins, half a second of CPU each, and look-ups of unknown
 * keys.
 */
public final class HashingGate {

  private final Semaphore running;
  private final Semaphore inside;
  private final String refusal;

  public HashingGate(int together, int waiting) {
    this(together, waiting, "Too many logins at once; try again");
  }

  /**
   * At most {@code waiting} callers wait, each on a server thread; {@code refusal} is the message
   * for others.
   */
  public HashingGate(int together, int waiting, String refusal) {
    this.refusal = refusal;
    running = new Semaphore(together, true);
    inside = new Semaphore(together + waiting);
  }

  public <T> T pass(Supplier<T> work) {
    if (!inside.tryAcquire()) {
      throw ApiException.tooMany(refusal, 1);
    }
    try {
      running.acquireUninterruptibly();
      try {
        return work.get();
      } finally {
        running.release();
      }
    } finally {
      inside.release();
    }
  }
}
