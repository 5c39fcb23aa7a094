package dev.sluice.backend.redis.connection;

import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.providers.PooledConnectionProvider;

public final class OneServer implements Connections {

  private final PooledConnectionProvider provider;
  private final RedisAddress address;
  private final ConnectionSettings settings;

  public OneServer(RedisAddress address, ConnectionSettings settings) {
    this.address = address;
    this.settings = settings;
    provider =
        new PooledConnectionProvider(
            address.hostAndPort(), settings.client(address), settings.pool());
  }

  @Override
  public Connection to(CommandArguments command) {
    return provider.getConnection();
  }

  @Override
  public Object holder(CommandArguments command) {
    return this;
  }

  @Override
  public Map<Object, Supplier<Connection>> everyServer() {
    return Map.of(this, provider::getConnection);
  }

  @Override
  public Connection apart(Object server, int answerMs) {
    return new Connection(address.hostAndPort(), settings.client(address, answerMs));
  }

  @Override
  public void forgetIdle(Object server) {
    provider.getPool().clear();
  }

  @Override
  public void learn() {
    // One server holds all keys.
  }

  @Override
  public void close() {
    provider.close();
  }
}
