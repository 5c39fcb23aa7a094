package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.StoreHealth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

class RedisHealthTest {

  private static RedisServerProcess server;

  private RedisUnderTest redis;
  private Jedis jedis;

  @BeforeAll
  static void startServer() {
    server = RedisServerProcess.start();
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  @BeforeEach
  void open() {
    redis = new RedisUnderTest(server, Rules.DEFAULTS, StoreTime.STORE);
    jedis = server.connect();
  }

  @AfterEach
  void close() {
    jedis.configSet("maxmemory-policy", "noeviction");
    jedis.replicaofNoOne();
    jedis.close();
    redis.close();
  }

  @Test
  void an_empty_server_is_healthy_and_gets_the_version_of_the_layout() {
    assertThat(health()).isEqualTo(new StoreHealth(java.util.List.of(), java.util.List.of()));
    assertThat(jedis.get("{sluice}:version")).isEqualTo("8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-random", "volatile-ttl"})
  void a_server_that_may_evict_is_unfit(String policy) {
    jedis.configSet("maxmemory-policy", policy);

    assertThat(health().problems()).singleElement().asString().contains(policy);
  }

  @Test
  void a_server_that_hides_its_policy_is_worth_a_warning() {
    jedis.aclSetUser("sluice", "-info", "-config");

    assertThat(health().problems()).isEmpty();
    assertThat(health().warnings()).singleElement().asString().contains("maxmemory-policy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "9", "1.5", "next"})
  void data_of_another_version_is_refused(String version) {
    jedis.set("{sluice}:version", version);

    assertThatThrownBy(() -> backend().work().counts("org"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining(version);
    assertThat(health().problems()).singleElement().asString().contains(version);
  }

  @Test
  void data_that_became_newer_is_refused_from_the_next_look_on() {
    backend().work().counts("org");
    jedis.set("{sluice}:version", "9");

    assertThat(health().healthy()).isFalse();
    assertThatThrownBy(() -> backend().work().counts("org"))
        .isInstanceOf(BackendUnavailableException.class);
  }

  @Test
  void a_replica_is_unavailable_for_changes() {
    backend().work().counts("org");
    // A master that isn't there: the server is a replica, which takes no writes.
    jedis.replicaof("127.0.0.1", 1);

    assertThatThrownBy(() -> backend().credentials().signingSecret("candidate"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("READONLY");
  }

  private QueueBackend backend() {
    return redis.backend();
  }

  private StoreHealth health() {
    return backend().upkeep().health();
  }
}
