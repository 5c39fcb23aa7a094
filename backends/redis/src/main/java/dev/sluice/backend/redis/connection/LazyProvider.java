package dev.sluice.backend.redis.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * Makes a provider at the first call that needs it, since making one asks the servers and fails if
 * none answers; then the next call tries again. Concurrent calls make one.
 */
final class LazyProvider<P extends ConnectionProvider> implements AutoCloseable {

  private final Supplier<P> maker;
  private volatile @Nullable P made;

  LazyProvider(Supplier<P> maker) {
    this.maker = maker;
  }

  P get() {
    P provider = made;
    return provider == null ? make() : provider;
  }

  /** Returns null if not made yet. */
  @Nullable P peek() {
    return made;
  }

  private synchronized P make() {
    P provider = made;
    if (provider == null) {
      provider = maker.get();
      made = provider;
    }
    return provider;
  }

  @Override
  public synchronized void close() {
    P provider = made;
    if (provider != null) {
      try {
        provider.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
