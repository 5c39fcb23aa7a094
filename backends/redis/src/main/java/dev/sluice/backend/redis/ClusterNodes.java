package dev.sluice.backend.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.Pool;

/** Connections to the node of a cluster that holds the slot of a key. */
final class ClusterNodes implements Connections {

  /** So that a node that came or went is known before a call finds out. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final LazyProvider<ClusterConnectionProvider> provider;
  private final RedisAddress address;
  private final ConnectionSettings settings;

  ClusterNodes(List<HostAndPort> nodes, RedisAddress address, ConnectionSettings settings) {
    this.address = address;
    this.settings = settings;
    provider =
        new LazyProvider<>(
            () ->
                new ClusterConnectionProvider(
                    new HashSet<>(nodes), settings.client(address), settings.pool(), REFRESH));
  }

  @Override
  public Connection to(CommandArguments command) {
    return provider.get().getConnection(command);
  }

  @Override
  public Object holder(CommandArguments command) {
    ClusterConnectionProvider made = provider.peek();
    if (made == null) {
      return this; // nothing is known yet; whoever is asked first will tell
    }
    int slot = command.getKeyHashSlots().iterator().next();
    HostAndPort node = made.getNode(slot);
    return node == null ? slot : node;
  }

  @Override
  public List<Supplier<Connection>> everyServer() {
    List<Supplier<Connection>> servers = new ArrayList<>();
    provider.get().getPrimaryNodes().values().forEach(pool -> servers.add(pool::getResource));
    return servers;
  }

  @Override
  public Connection apart(int answerMs) {
    String node = provider.get().getPrimaryNodes().keySet().iterator().next();
    return new Connection(HostAndPort.from(node), settings.client(address, answerMs));
  }

  @Override
  public void forgetIdle() {
    ClusterConnectionProvider made = provider.peek();
    if (made != null) {
      made.getNodes().values().forEach(Pool::clear);
      made.renewSlotCache();
    }
  }

  @Override
  public void learn() {
    provider.get().renewSlotCache();
  }

  @Override
  public void close() {
    provider.close();
  }
}
