package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.redis.connection.ConnectionSettings;
import dev.sluice.backend.redis.connection.OneServer;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.function.Schema;
import dev.sluice.backend.redis.server.AclRights;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisFiguresTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private int works;

  /** Rights that users of Redis from before figures lack. */
  @ParameterizedTest
  @ValueSource(strings = {"hincrby", "pexpire"})
  void without_the_rights_work_goes_on_and_no_key_stays_for_good(String missing) {
    try (RedisServerProcess server = RedisServerProcess.start();
        Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", AclRights.of("test-only"));
      jedis.aclSetUser("sluice", "-" + missing);
      try (RedisBackend node = open(server)) {
        takeOne(node);
        clock.jump(Duration.ofMillis(Figures.GAUGE_MS));
        node.upkeep().sweep();

        assertThat(jedis.keys("{org}:figures:*")).allMatch(key -> jedis.pttl(key) > 0);
      }
    }
  }

  @Test
  void a_damaged_count_loses_that_count_only() {
    try (RedisServerProcess server = RedisServerProcess.start();
        Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", AclRights.of("test-only"));
      try (RedisBackend node = open(server)) {
        takeOne(node);
        damage(jedis, "{org}:figures:new");
        assertThat(claims(node)).isZero();

        node.upkeep().sweep();
        takeOne(node);
        assertThat(claims(node)).isOne();

        node.upkeep().sweep();
        jedis.keys("{org}:figures:*").forEach(key -> damage(jedis, key));
        takeOne(node);
        assertThat(claims(node)).isOne();
      }
    }
  }

  @Test
  void with_many_new_figures_further_ones_are_added_at_once() {
    String added = "{org}:figures:new";
    try (RedisServerProcess server = RedisServerProcess.start();
        Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", AclRights.of("test-only"));
      try (RedisBackend node = open(server)) {
        long bucket = Figures.startOf(clock.now()) / Figures.BUCKET_MS;
        for (int i = 0; i < 1_000; i++) {
          jedis.hset(added, bucket + "\037c\037p" + i + "\037m\037h", "1");
        }
        takeOne(node);
        assertThat(jedis.hlen(added)).isEqualTo(1_000);
        assertThat(claims(node)).isEqualTo(1_001);

        node.upkeep().sweep();

        assertThat(jedis.exists(added)).isFalse();
        assertThat(claims(node)).isEqualTo(1_001);
      }
    }
  }

  private static void damage(Jedis jedis, String key) {
    jedis.hkeys(key).forEach(field -> jedis.hset(key, field, "damaged"));
  }

  private long claims(RedisBackend node) {
    return node
        .figures()
        .read(ORG, FigureDimension.HOST, clock.now() - Figures.BUCKET_MS, clock.now() + 1)
        .stream()
        .mapToLong(bucket -> bucket.total().claims())
        .sum();
  }

  private void takeOne(RedisBackend node) {
    node.work().enqueue(ORG, List.of(work("w" + ++works)));
    node.workers().register(ORG, worker());
    PollRequest poll = new PollRequest(new WorkerRef(ORG, "w", null), "r" + works, 1);
    assertThat(node.workers().poll(poll).work()).hasSize(1);
  }

  private RedisBackend open(RedisServerProcess server) {
    RedisAddress address = RedisAddress.parse(server.uri("sluice", "test-only"));
    return RedisBackend.of(
        new RedisCalls(
            new OneServer(address, new ConnectionSettings(4, 10_000)), address.toString(), 10_000),
        new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), clock),
        Schema.NEWEST);
  }

  private static NewWork work(String id) {
    return new NewWork(id, id, id, "default", List.of(), 3, 1, 0, 0, "hash of " + id, "{}");
  }

  private static Registration worker() {
    return new Registration(
        "w", "k", Dialect.STANDARD, "host", 10, Projects.ALL, List.of(), false, "{}");
  }
}
