package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.redis.function.Keys;
import dev.sluice.backend.redis.server.RedisClusterNodes;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.transfer.OrgRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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

  private static final List<String> ORGS =
      IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();

  private RedisClusterNodes nodes;

  @BeforeEach
  void start() {
    nodes = RedisClusterNodes.start(3, true);
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  @Test
  void orgs_are_spread_over_the_nodes_and_all_work() throws Exception {
    try (FailoverScene scene = new FailoverScene(nodes.settings())) {
      ORGS.forEach(scene::workOnce);

      for (RedisServerProcess master : nodes.masters()) {
        try (Jedis jedis = master.connect()) {
          assertThat(jedis.dbSize()).as("keys of this node").isPositive();
        }
      }
      assertThat(scene.backend().upkeep().health().problems()).isEmpty();
    }
  }

  @Test
  void the_service_goes_on_with_the_replica_of_a_dead_master_by_itself() throws Exception {
    try (FailoverScene scene = new FailoverScene(nodes.settings())) {
      ORGS.forEach(scene::workOnce);
      RedisClusterNodes.untilCopied(nodes.masters().get(0), nodes.replicas().get(0));
      try (Jedis jedis = nodes.replicas().get(0).connect()) {
        jedis.configResetStat();
      }

      nodes.masters().get(0).kill();

      scene.healsIn("Cluster failover", ORGS);
      try (Jedis jedis = nodes.replicas().get(0).connect()) {
        assertThat(jedis.info("commandstats"))
            .as("the replica had the library")
            .contains("cmdstat_fcall")
            .doesNotContain("cmdstat_function|load");
      }
      for (String org : ORGS) {
        assertThat(FailoverScene.healed(() -> scene.backend().work().counts(org)).claimed())
            .as("what the replica had stays")
            .isEqualTo(2);
      }
    }
  }

  @Test
  void an_org_moves_to_another_node_with_its_keys() throws Exception {
    try (FailoverScene scene = new FailoverScene(nodes.settings());
        Jedis first = nodes.masters().get(0).connect()) {
      QueueBackend store = scene.backend();
      String there = orgOn(first);
      String org = ORGS.stream().filter(each -> !isOnFirst(first, each)).findFirst().orElseThrow();
      scene.workOnce(org);
      Key key = new Key("k", org, Key.Type.USER, "", Set.of(), List.of());
      store.credentials().addKey("a" + "b".repeat(63), key);
      List<OrgRecord> records = OrgCopy.leave(store, org);

      store.transfers().close(there, OrgCopy.closure(Closure.Purpose.IMPORT), null);
      OrgCopy.write(store, there, OrgCopy.rehashed(records));

      assertThat(store.work().counts(there)).isEqualTo(store.work().counts(org));
      assertThat(store.credentials().keys(there)).containsExactly(key.in(there));
      while (!store.transfers().discardStep(there, OrgCopy.ID)) {
        assertThat(store.transfers().closure(there)).isPresent();
      }
      assertThat(store.work().counts(there).claimed()).isZero();
      assertThat(store.credentials().keys(there)).isEmpty();
      assertThat(store.credentials().keys(org)).containsExactly(key);
      store.transfers().open(there, OrgCopy.ID, null);
      store.transfers().open(org, OrgCopy.ID, null);
    }
  }

  @Test
  void a_slot_that_moved_is_followed() throws Exception {
    try (FailoverScene scene = new FailoverScene(nodes.settings())) {
      ORGS.forEach(scene::workOnce);

      // The replicas take over in good order: what the service knows of the slots is then wrong.
      for (RedisServerProcess replica : nodes.replicas()) {
        try (Jedis jedis = replica.connect()) {
          jedis.clusterFailover();
          RedisClusterNodes.until(() -> jedis.info("replication").contains("role:master"));
        }
      }

      scene.healsIn("Cluster hand-over", ORGS);
    }
  }

  /** As for a moment in a hand-over, when the one has let go and the other doesn't know yet. */
  @Test
  void a_key_that_each_node_says_another_holds_is_unavailable_until_one_does() throws Exception {
    try (FailoverScene scene = new FailoverScene(nodes.settings());
        Jedis first = nodes.masters().get(0).connect();
        Jedis second = nodes.masters().get(1).connect()) {
      String org = orgOn(first);
      int slot = (int) first.clusterKeySlot(Keys.org(org));
      scene.workOnce(ORGS.get(0)); // the service knows the slots
      first.clusterSetSlotNode(slot, second.clusterMyId());

      assertThatThrownBy(() -> scene.backend().work().counts(org))
          .isInstanceOfSatisfying(
              BackendUnavailableException.class,
              away -> assertThat(away.outcomeUnknown()).isFalse());

      first.clusterSetSlotNode(slot, first.clusterMyId());
      scene.workOnce(org);
    }
  }

  private static String orgOn(Jedis node) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "new-" + i)
        .filter(org -> isOnFirst(node, org))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOnFirst(Jedis node, String org) {
    return node.clusterKeySlot(Keys.org(org)) < 16_384 / 3;
  }
}
