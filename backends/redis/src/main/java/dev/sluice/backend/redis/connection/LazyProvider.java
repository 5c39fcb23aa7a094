package dev.sluice.backend.redis.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * A provider that asks around when it is made, and fails if nobody answers; so it is made at the
 * first call that needs it, and again at the next one where that failed. Calls at the same time
 * make one.
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

  /** The provider, if it was made. */
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
