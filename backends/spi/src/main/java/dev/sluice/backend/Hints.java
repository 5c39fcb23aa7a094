package dev.sluice.backend;

import java.util.function.Consumer;

/**
 * Hints to all nodes. A hint may come late, twice or never: a lost one delays work until the next
 * poll.
 */
public interface Hints {

  /** Passes later hints on any thread. The listener must be quick and must not throw. */
  Subscription subscribe(Consumer<Hint> listener);

  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
