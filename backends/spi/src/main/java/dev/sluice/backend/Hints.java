package dev.sluice.backend;

import java.util.function.Consumer;

/**
 * Hints to all nodes about changes that make something eligible or readable. A hint may come late,
 * twice or never; a lost one delays work until the next poll, but loses none.
 */
public interface Hints {

  /**
   * Passes each later hint to the listener, on any thread. The listener must be quick and must not
   * throw.
   *
   * @return closes the subscription
   */
  Subscription subscribe(Consumer<Hint> listener);

  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
