package dev.sluice.backend;

import java.util.function.Consumer;

/**
 * Announcements to all nodes of every change that makes something eligible or readable. A hint may
 * come late, twice or not at all; losing one may delay work until the next poll, never lose it.
 */
public interface Hints {

  /**
   * Calls the listener for each hint from now on, from whatever thread; it must return quickly and
   * must not throw.
   *
   * @return closes the subscription
   */
  Subscription subscribe(Consumer<Hint> listener);

  /** A subscription, until closed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
