package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.redis.server.RedisClusterNodes;
import dev.sluice.backend.redis.server.RedisServerProcess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisSentinelTest {

  private RedisServerProcess master;
  private RedisServerProcess replica;
  private List<RedisServerProcess> sentinels;

  @BeforeEach
  void start() {
    master = RedisServerProcess.start();
    replica = RedisServerProcess.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
    sentinels =
        Stream.generate(() -> RedisServerProcess.sentinel("sluice", master.port(), 2))
            .limit(3)
            .toList();
    try (Jedis jedis = replica.connect()) {
      RedisClusterNodes.until(() -> jedis.info("replication").contains("master_link_status:up"));
    }
    for (RedisServerProcess sentinel : sentinels) {
      try (Jedis jedis = sentinel.connect()) {
        RedisClusterNodes.until(() -> seen(jedis, "num-other-sentinels").equals("2"));
        RedisClusterNodes.until(() -> seen(jedis, "num-slaves").equals("1"));
      }
    }
  }

  @AfterEach
  void end() {
    sentinels.forEach(RedisServerProcess::close);
    replica.close();
    master.close();
  }

  @Test
  void the_service_goes_on_with_the_new_master_by_itself() throws Exception {
    try (FailoverScene scene = new FailoverScene(settings())) {
      scene.workOnce("a");
      RedisClusterNodes.untilCopied(master, replica);
      try (Jedis jedis = replica.connect()) {
        jedis.configResetStat();
      }

      master.kill();

      scene.healsIn("Sentinel failover", List.of("a"));
      try (Jedis jedis = replica.connect()) {
        assertThat(jedis.info("commandstats"))
            .as("the replica had the library")
            .contains("cmdstat_fcall")
            .doesNotContain("cmdstat_function|load");
      }
      assertThat(scene.backend().work().counts("a").claimed())
          .as("what the replica had stays")
          .isEqualTo(2);
    }
  }

  private RedisSettings settings() throws Exception {
    String nodes =
        String.join(",", sentinels.stream().map(s -> "\"127.0.0.1:" + s.port() + "\"").toList());
    return new ObjectMapper()
        .readValue(
            "{\"sentinel\":{\"master\":\"sluice\",\"nodes\":[" + nodes + "]}}",
            RedisSettings.class);
  }

  private static String seen(Jedis sentinel, String what) {
    return sentinel.sentinelMaster("sluice").getOrDefault(what, "");
  }
}
