package dev.sluice.service.auth.secrets;

import dev.sluice.service.errors.ApiException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Keeps a flood of expensive calls from taking the machine: a login costs half a second of a
 * processor on purpose, an unknown key a look-up in the store. So many run together, so many wait,
 * the others are told to come again.
 */
public final class HashingGate {

  private final Semaphore running;
  private final Semaphore inside;
  private final String refusal;

  /** Of logins, as {@link #HashingGate(int, int, String)}. */
  public HashingGate(int together, int waiting) {
    this(together, waiting, "Too many logins at once; try again");
  }

  /**
   * @param together how many at once
   * @param waiting how many more may wait, each holding a thread of the server
   * @param refusal the message for the others
   */
  public HashingGate(int together, int waiting, String refusal) {
    this.refusal = refusal;
    running = new Semaphore(together, true);
    inside = new Semaphore(together + waiting);
  }

  /**
   * Takes its turn.
   *
   * @throws ApiException 429 at once, if too many wait
   */
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
