package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.server.AclRights;
import dev.sluice.backend.redis.server.RedisBinary;
import dev.sluice.backend.redis.server.RedisClusterNodes;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** A server that can't serve Sluice is refused at the start, with the reason. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisStartTest {

  private static final String PASSWORD = "test-only";

  private RedisServerProcess server;

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_server_without_functions_is_refused() {
    server = RedisServerProcess.start(RedisBinary.WITHOUT_FUNCTIONS);

    assertThatThrownBy(() -> open(server.uri()).started())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageMatching(
            "Sluice needs Redis 7.0 or Valkey 7.2; this server is Redis 6\\.2\\.\\d+");
  }

  @Test
  void a_server_without_functions_that_hides_its_version_is_refused() {
    server = RedisServerProcess.start(RedisBinary.WITHOUT_FUNCTIONS);
    try (Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", "on", ">" + PASSWORD, "~{*}:*", "+get");
    }

    assertThatThrownBy(() -> open(server.uri("sluice", PASSWORD)).started())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("Sluice needs Redis 7.0 or Valkey 7.2; this server has no functions");
  }

  @Test
  void calls_and_health_say_what_a_server_lacks_that_was_away_at_the_start() {
    server = RedisServerProcess.start(RedisBinary.WITHOUT_FUNCTIONS);
    server.kill();
    try (RedisBackend node = open(server.uri()).started()) {
      server.restart();

      BackendUnavailableException refusal = refusal(node);
      while (!refusal.getMessage().startsWith("Sluice needs Redis 7.0 or Valkey 7.2; ")) {
        LockSupport.parkNanos(RedisClusterNodes.PAUSE_NANOS);
        refusal = refusal(node);
      }
      assertThat(refusal.outcomeUnknown()).isFalse();
      assertThat(node.upkeep().health().problems())
          .singleElement()
          .asString()
          .contains("Sluice needs Redis 7.0 or Valkey 7.2");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITHOUT_FUNCTIONS")
  void a_user_with_the_documented_rights_starts(RedisBinary binary) {
    if (binary.path().isPresent()) {
      start(binary);

      try (RedisBackend node = open(server.uri("sluice", PASSWORD)).started()) {
        assertThat(node.upkeep().health().healthy()).isTrue();
        assertThat(node.upkeep().health().warnings()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fcall", "function|load", "function|list"})
  void a_user_who_may_not_load_or_call_functions_is_refused(String right) {
    start(RedisBinary.BUNDLED, "-" + right);

    assertThatThrownBy(() -> open(server.uri("sluice", PASSWORD)).started())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "the user of Redis may not run '%s': grant the rights of docs/redis.md#rights", right);
  }

  /** Redis then loads nothing, and so asks for no right to do it. */
  @Test
  void the_right_to_load_is_missed_even_if_the_library_is_there() {
    start(RedisBinary.BUNDLED);
    open(server.uri("sluice", PASSWORD)).started().close();
    try (Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", "-function|load");
    }

    assertThatThrownBy(() -> open(server.uri("sluice", PASSWORD)).started())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("may not run 'function|load'");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITHOUT_FUNCTIONS")
  void a_right_that_is_missed_inside_of_a_function_is_refused(RedisBinary binary) {
    if (binary.path().isPresent()) {
      start(binary, "-hgetall");

      assertThatThrownBy(() -> open(server.uri("sluice", PASSWORD)).started())
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("grant the rights of docs/redis.md#rights");
    }
  }

  @Test
  void a_call_says_which_right_was_taken_away() {
    start(RedisBinary.BUNDLED);
    try (RedisBackend node = open(server.uri("sluice", PASSWORD)).started();
        Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", "-fcall");

      assertThatThrownBy(() -> node.work().counts("org"))
          .isInstanceOfSatisfying(
              BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
          .hasMessage(
              "the user of Redis may not run 'fcall': grant the rights of docs/redis.md#rights");

      jedis.aclSetUser("sluice", "+fcall");
      assertThat(node.work().counts("org").ready()).isZero();
    }
  }

  private static BackendUnavailableException refusal(RedisBackend node) {
    return catchThrowableOfType(BackendUnavailableException.class, () -> node.work().counts("org"));
  }

  private void start(RedisBinary binary, String... rights) {
    server = RedisServerProcess.start(binary);
    try (Jedis jedis = server.connect()) {
      jedis.aclSetUser("sluice", AclRights.of(PASSWORD));
      jedis.aclSetUser("sluice", rights);
    }
  }

  private static RedisBackend open(String uri) {
    return RedisBackend.of(
        RedisAddress.parse(uri),
        4,
        10_000,
        new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE));
  }
}
