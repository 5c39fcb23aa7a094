package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.redis.connection.Connections;
import dev.sluice.backend.redis.server.RedisClusterNodes;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A cluster of masters alone that answers for what it has: one of its nodes stands still. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisClusterNodeAwayTest {

  private static final int MASTERS = 3;
  private static final List<String> ORGS =
      IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();

  private static RedisClusterNodes nodes;

  @BeforeAll
  static void start() {
    nodes = RedisClusterNodes.start(MASTERS, false, "--cluster-require-full-coverage", "no");
  }

  @BeforeEach
  void empty() {
    for (RedisServerProcess node : nodes.masters()) {
      try (Jedis jedis = node.connect()) {
        jedis.flushAll();
      }
    }
  }

  @AfterAll
  static void end() {
    nodes.close();
  }

  /** One of them holds the version of what is stored. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void calls_to_the_nodes_that_answer_go_on(int away) {
    RedisServerProcess frozen = nodes.masters().get(away);
    List<String> there = ORGS.stream().filter(org -> holder(org) == away).toList();
    List<String> elsewhere = ORGS.stream().filter(org -> holder(org) != away).toList();
    assertThat(there).isNotEmpty();
    try (FailoverScene scene = new FailoverScene(nodes.settings())) {
      ORGS.forEach(scene::workOnce);

      frozen.freeze();
      try {
        refusedAtOnce(scene, there.get(0));

        // None of these is refused, however often the breaker of the other node is asked.
        for (int round = 0; round < 20; round++) {
          for (String org : elsewhere) {
            poll(scene, org);
          }
          assertThatThrownBy(() -> poll(scene, there.get(0)))
              .isInstanceOf(BackendUnavailableException.class);
        }
      } finally {
        frozen.thaw();
      }
      nodes.masters().forEach(node -> RedisClusterNodes.until(node, "cluster_slots_ok:16384"));
      scene.healsIn("A node of a cluster came back", ORGS);
    }
  }

  /** Asks until the call isn't sent any more. */
  private static void refusedAtOnce(FailoverScene scene, String org) {
    boolean sent = true;
    while (sent) {
      try {
        poll(scene, org);
      } catch (BackendUnavailableException e) {
        sent = !String.valueOf(e.getMessage()).endsWith("doesn't answer");
      }
    }
  }

  private static void poll(FailoverScene scene, String org) {
    String worker = scene.workerOf(org);
    scene.backend().workers().poll(new PollRequest(new WorkerRef(org, worker, null), "again", 0));
  }

  private static int holder(String org) {
    int slot = JedisClusterCRC16.getSlot("{" + org + "}");
    for (int i = 0; i < MASTERS; i++) {
      if (slot < 16_384 * (i + 1) / MASTERS) {
        return i;
      }
    }
    throw new AssertionError(slot);
  }

  /** Whoever asks for a connection of its own tries again later, as with one that can't be made. */
  @Test
  void where_no_master_is_known_there_is_no_connection() {
    Connections connections = nodes.settings().connections();
    connections.apart(connections, 1_000).close();
    connections.close(); // forgets all nodes

    assertThatThrownBy(() -> connections.apart(connections, 1_000))
        .isInstanceOf(JedisException.class);
  }
}
