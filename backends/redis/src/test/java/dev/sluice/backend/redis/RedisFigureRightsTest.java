package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.Rules;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.redis.connection.ConnectionSettings;
import dev.sluice.backend.redis.connection.OneServer;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.script.Schema;
import dev.sluice.backend.redis.server.AclRights;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Rights that users of Redis from before figures lack. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisFigureRightsTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();

  @ParameterizedTest
  @ValueSource(strings = {"hincrby", "pexpire"})
  void without_the_rights_work_goes_on_and_no_key_stays_for_good(String missing) {
    try (RedisServerProcess server = RedisServerProcess.start();
        Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", AclRights.of("test-only"));
      jedis.aclSetUser("sluice", "-" + missing);
      try (RedisBackend node = open(server)) {
        node.work().enqueue(ORG, List.of(work("a"), work("b")));
        node.workers().register(ORG, worker());
        PollRequest poll = new PollRequest(new WorkerRef(ORG, "w", null), "r", 1);
        assertThat(node.workers().poll(poll).value().work()).hasSize(1);
        clock.jump(Duration.ofMillis(Figures.GAUGE_MS));
        node.upkeep().sweep();

        assertThat(jedis.keys("{org}:figures:*")).allMatch(key -> jedis.pttl(key) > 0);
      }
    }
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
        "w", "k", Dialect.STANDARD, "host", 10, List.of(), List.of(), false, "{}");
  }
}
