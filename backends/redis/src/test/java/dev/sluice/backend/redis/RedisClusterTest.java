package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** A cluster of three masters with a replica each: orgs on all of them, and one master dies. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisClusterTest {

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final List<String> ORGS =
      IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();

  private final List<RedisServerProcess> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    for (int i = 0; i < 2 * MASTERS; i++) {
      nodes.add(
          RedisServerProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "1000"));
    }
    for (int i = 0; i < MASTERS; i++) {
      int from = SLOTS * i / MASTERS;
      int to = SLOTS * (i + 1) / MASTERS;
      try (Jedis jedis = nodes.get(i).connect()) {
        jedis.clusterAddSlots(IntStream.range(from, to).toArray());
        for (RedisServerProcess other : nodes) {
          jedis.clusterMeet("127.0.0.1", other.port());
        }
      }
    }
    nodes.forEach(node -> until(node, "cluster_known_nodes:" + 2 * MASTERS));
    for (int i = 0; i < MASTERS; i++) {
      try (Jedis replica = nodes.get(MASTERS + i).connect();
          Jedis master = nodes.get(i).connect()) {
        String id = master.clusterMyId();
        until(() -> replica.clusterNodes().contains(id));
        replica.clusterReplicate(id);
        until(() -> replica.info("replication").contains("master_link_status:up"));
      }
    }
    nodes.forEach(node -> until(node, "cluster_state:ok"));
  }

  @AfterEach
  void end() {
    nodes.forEach(RedisServerProcess::close);
  }

  @Test
  void orgs_are_spread_over_the_nodes_and_all_work() throws Exception {
    try (FailoverScene scene = new FailoverScene(settings())) {
      ORGS.forEach(scene::workOnce);

      for (RedisServerProcess master : nodes.subList(0, MASTERS)) {
        try (Jedis jedis = master.connect()) {
          assertThat(jedis.dbSize()).as("keys of this node").isPositive();
        }
      }
      assertThat(scene.backend().upkeep().health().problems()).isEmpty();
    }
  }

  @Test
  void the_service_goes_on_with_the_replica_of_a_dead_master_by_itself() throws Exception {
    try (FailoverScene scene = new FailoverScene(settings())) {
      ORGS.forEach(scene::workOnce);
      try (Jedis jedis = nodes.get(0).connect()) {
        jedis.waitReplicas(1, 5_000);
      }

      nodes.get(0).kill();

      scene.healsIn("Cluster failover", ORGS);
      for (String org : ORGS) {
        assertThat(FailoverScene.healed(() -> scene.backend().work().counts(org)).value().claimed())
            .as("what the replica had stays")
            .isEqualTo(2);
      }
    }
  }

  @Test
  void a_slot_that_moved_is_followed() throws Exception {
    try (FailoverScene scene = new FailoverScene(settings())) {
      ORGS.forEach(scene::workOnce);

      // The replicas take over in good order: what the service knows of the slots is then wrong.
      for (RedisServerProcess replica : nodes.subList(MASTERS, 2 * MASTERS)) {
        try (Jedis jedis = replica.connect()) {
          jedis.clusterFailover();
          until(() -> jedis.info("replication").contains("role:master"));
        }
      }

      scene.healsIn("Cluster hand-over", ORGS);
    }
  }

  private RedisSettings settings() throws Exception {
    String list =
        String.join(",", nodes.stream().map(n -> "\"127.0.0.1:" + n.port() + "\"").toList());
    return new ObjectMapper().readValue("{\"cluster\":[" + list + "]}", RedisSettings.class);
  }

  private static void until(RedisServerProcess node, String line) {
    try (Jedis jedis = node.connect()) {
      until(() -> Stream.of(jedis.clusterInfo().split("\r\n")).anyMatch(line::equals));
    }
  }

  private static void until(BooleanSupplier state) {
    while (!state.getAsBoolean()) {
      Thread.onSpinWait(); // asks the servers; the test's time-out ends it
    }
  }
}
