package dev.sluice.backend.redis.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.redis.RedisSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/**
 * The nodes of a cluster, its slots spread evenly: masters first, then a replica of each or none.
 */
public final class RedisClusterNodes implements AutoCloseable {

  /** Between two questions; without it, asking takes a processor. */
  public static final long PAUSE_NANOS = 2_000_000;

  private static final int SLOTS = 16_384;

  private final List<RedisServerProcess> all = new ArrayList<>();
  private final int masters;

  private RedisClusterNodes(int masters) {
    this.masters = masters;
  }

  public static RedisClusterNodes start(int masters, boolean replicas, String... options) {
    RedisClusterNodes nodes = new RedisClusterNodes(masters);
    String[] all =
        Stream.concat(
                Stream.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1000"),
                Stream.of(options))
            .toArray(String[]::new);
    for (int i = 0; i < (replicas ? 2 : 1) * masters; i++) {
      nodes.all.add(RedisServerProcess.start(all));
    }
    nodes.meet();
    if (replicas) {
      nodes.replicate();
    }
    nodes.all.forEach(node -> until(node, "cluster_state:ok"));
    return nodes;
  }

  private void meet() {
    for (int i = 0; i < masters; i++) {
      int from = SLOTS * i / masters;
      int to = SLOTS * (i + 1) / masters;
      try (Jedis jedis = all.get(i).connect()) {
        jedis.clusterAddSlots(IntStream.range(from, to).toArray());
        for (RedisServerProcess other : all) {
          jedis.clusterMeet("127.0.0.1", other.port());
        }
      }
    }
    all.forEach(node -> until(node, "cluster_known_nodes:" + all.size()));
  }

  private void replicate() {
    for (int i = 0; i < masters; i++) {
      try (Jedis replica = all.get(masters + i).connect();
          Jedis master = all.get(i).connect()) {
        String id = master.clusterMyId();
        until(() -> replica.clusterNodes().contains(id));
        replica.clusterReplicate(id);
        until(() -> replica.info("replication").contains("master_link_status:up"));
      }
    }
  }

  public List<RedisServerProcess> masters() {
    return all.subList(0, masters);
  }

  public List<RedisServerProcess> replicas() {
    return all.subList(masters, all.size());
  }

  public RedisSettings settings() {
    String list =
        String.join(",", all.stream().map(n -> "\"127.0.0.1:" + n.port() + "\"").toList());
    try {
      return new ObjectMapper().readValue("{\"cluster\":[" + list + "]}", RedisSettings.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  public static void until(RedisServerProcess node, String line) {
    try (Jedis jedis = node.connect()) {
      until(() -> Stream.of(jedis.clusterInfo().split("\r\n")).anyMatch(line::equals));
    }
  }

  /** Waits until a replica has all that its master has now. */
  public static void untilCopied(RedisServerProcess master, RedisServerProcess replica) {
    try (Jedis from = master.connect();
        Jedis to = replica.connect()) {
      long offset = offset(from, "master_repl_offset");
      until(() -> offset(to, "slave_repl_offset") >= offset);
    }
  }

  private static long offset(Jedis server, String name) {
    return Stream.of(server.info("replication").split("\r\n"))
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** Asks again and again; the test's time-out ends it. */
  public static void until(BooleanSupplier state) {
    while (!state.getAsBoolean()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    all.forEach(RedisServerProcess::close);
  }
}
