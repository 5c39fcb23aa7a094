package dev.sluice.service.auth;

import dev.sluice.service.errors.ApiException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Keeps a flood of logins from taking the machine: each costs half a second of a processor on
 * purpose. So many are looked at together, so many wait, the others are told to come again.
 */
final class HashingGate {

  private final Semaphore running;
  private final Semaphore inside;

  /**
   * @param together how many at once
   * @param waiting how many more may wait, each holding a thread of the server
   */
  HashingGate(int together, int waiting) {
    running = new Semaphore(together, true);
    inside = new Semaphore(together + waiting);
  }

  /**
   * Takes its turn.
   *
   * @throws ApiException 429 at once, if too many wait
   */
  <T> T pass(Supplier<T> work) {
    if (!inside.tryAcquire()) {
      throw ApiException.tooMany("Too many logins at once; try again", 1);
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
