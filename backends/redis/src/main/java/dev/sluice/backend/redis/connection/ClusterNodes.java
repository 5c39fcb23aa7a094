package dev.sluice.backend.redis.connection;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.Pool;

/** Connections to the node of a cluster that holds the slot of a key. */
public final class ClusterNodes implements Connections {

  /** Learns the nodes, so that calls need not find out about changes. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final LazyProvider<ClusterConnectionProvider> provider;
  private final RedisAddress address;
  private final ConnectionSettings settings;

  public ClusterNodes(List<HostAndPort> nodes, RedisAddress address, ConnectionSettings settings) {
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
      return this; // the first call will tell
    }
    int slot = command.getKeyHashSlots().iterator().next();
    HostAndPort node = made.getNode(slot);
    return node == null ? this : node;
  }

  @Override
  public Map<Object, Supplier<Connection>> everyServer() {
    Map<Object, Supplier<Connection>> servers = new LinkedHashMap<>();
    provider
        .get()
        .getPrimaryNodes()
        .forEach((node, pool) -> servers.put(HostAndPort.from(node), pool::getResource));
    return servers;
  }

  @Override
  public Connection apart(Object server, int answerMs) {
    if (server instanceof HostAndPort node) {
      return new Connection(node, settings.client(address, answerMs));
    }
    // During a change a cluster may name no master.
    String any =
        provider.get().getPrimaryNodes().keySet().stream()
            .findFirst()
            .orElseThrow(() -> new JedisConnectionException("the cluster names no master"));
    return new Connection(HostAndPort.from(any), settings.client(address, answerMs));
  }

  @Override
  public void forgetIdle(Object server) {
    ClusterConnectionProvider made = provider.peek();
    if (made != null) {
      Pool<Connection> idle = made.getNodes().get(server.toString());
      if (idle != null) {
        idle.clear();
      }
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
