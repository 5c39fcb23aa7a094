package dev.sluice.backend.redis.connection;

import java.util.HashSet;
import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.Pool;

/** Follows the master that sentinels name to another server. */
public final class SentinelMaster implements Connections {

  private final LazyProvider<SentineledConnectionProvider> provider;
  private final RedisAddress address;
  private final ConnectionSettings settings;

  public SentinelMaster(
      SentinelSettings sentinel, RedisAddress address, ConnectionSettings settings) {
    this.address = address;
    this.settings = settings;
    provider =
        new LazyProvider<>(
            () ->
                new SentineledConnectionProvider(
                    sentinel.master(),
                    settings.client(address),
                    settings.pool(),
                    new HashSet<>(sentinel.addresses()),
                    settings.sentinelClient(sentinel)));
  }

  @Override
  public Connection to(CommandArguments command) {
    return provider.get().getConnection();
  }

  @Override
  public Object holder(CommandArguments command) {
    return this;
  }

  @Override
  public Map<Object, Supplier<Connection>> everyServer() {
    return Map.of(this, provider.get()::getConnection);
  }

  @Override
  public Connection apart(Object server, int answerMs) {
    return new Connection(provider.get().getCurrentMaster(), settings.client(address, answerMs));
  }

  @Override
  public void forgetIdle(Object server) {
    SentineledConnectionProvider made = provider.peek();
    if (made != null) {
      made.getConnectionMap().values().forEach(Pool::clear);
    }
  }

  @Override
  public void learn() {
    // The sentinels report a new master.
  }

  @Override
  public void close() {
    provider.close();
  }
}
