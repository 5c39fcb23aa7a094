package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.server.RedisClusterNodes;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.tck.AnswerLog;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Each release, and each set of rules, has a library of its own, which goes with its nodes. */
class UnusedLibraryTest extends TwoReleases {

  private static final Rules OTHER_RULES = Rules.DEFAULTS.withDefaults(0, 1_000, 0);

  /** The two checks that find a library unused are a minute apart. */
  private static final Duration UNUSED = LEASE.plus(Duration.ofMinutes(2)).plus(STEP);

  @BeforeEach
  void noLibraries() {
    jedis.functionFlush();
  }

  @Test
  void nodes_with_other_rules_work_on_one_store() {
    RedisBackend one = open(OLD);
    RedisBackend other = open(OLD, OTHER_RULES);
    enqueue(one, "org", "a");
    enqueue(other, "org", "b");

    pass(UNUSED, one, other);

    assertThat(libraries()).hasSize(2);
    assertThat(take(one, "org")).isEqualTo(2);
    assertThat(jedis.hkeys("{sluice}:libraries")).isEqualTo(libraries());
  }

  @Test
  void a_library_is_deleted_when_its_last_node_has_left() {
    RedisBackend stays = open(OLD);
    stays.upkeep().sweep();
    Set<String> used = libraries();
    RedisBackend leaves = open(OLD, OTHER_RULES);
    pass(STEP, stays, leaves);
    leaves.close();

    pass(LEASE.plus(Duration.ofMinutes(1)), stays);
    assertThat(libraries()).as("a node may be on its way back").hasSize(2);
    pass(Duration.ofMinutes(1).plus(STEP), stays);

    assertThat(libraries()).isEqualTo(used);
    assertThat(jedis.hkeys("{sluice}:libraries")).isEqualTo(used);
  }

  @Test
  void a_library_that_no_node_has_announced_is_deleted_but_none_of_others() {
    RedisBackend node = open(OLD);
    node.upkeep().sweep();
    Set<String> used = libraries();
    jedis.functionLoad(
        "#!lua name=sluice_old\nredis.register_function('sluice_old_f', function() end)");
    jedis.functionLoad("#!lua name=mine\nredis.register_function('mine', function() end)");

    pass(UNUSED, node);

    assertThat(libraries()).isEqualTo(used);
    assertThat(jedis.functionList("mine")).hasSize(1);
  }

  @Test
  void a_node_that_wakes_up_after_its_library_was_deleted_loads_it_again() {
    RedisBackend awake = open(OLD);
    RedisBackend paused = open(OLD, OTHER_RULES);
    enqueue(paused, "org", "a");
    pass(UNUSED, awake);
    assertThat(libraries()).hasSize(1);

    assertThat(take(paused, "org")).isEqualTo(1);

    pass(UNUSED, awake, paused);
    assertThat(libraries()).hasSize(2);
    paused.close();
    pass(UNUSED, awake);
    assertThat(libraries()).hasSize(1);
  }

  /** As in another database of the server, whose nodes announce themselves there. */
  @Test
  void a_library_that_comes_back_without_an_announcement_is_left() {
    RedisBackend node = open(OLD);
    String other =
        "#!lua name=sluice_other\nredis.register_function('sluice_other_f', function() end)";
    jedis.functionLoad(other);
    pass(UNUSED, node);
    assertThat(libraries()).hasSize(1);
    jedis.functionLoad(other);

    pass(UNUSED.multipliedBy(5), node);

    assertThat(libraries()).hasSize(2).contains("sluice_other");
  }

  @Test
  void all_data_may_be_deleted_without_the_functions() {
    RedisBackend node = open(OLD);
    RedisBackend other = open(OLD, OTHER_RULES);
    pass(STEP, node, other);
    jedis.configResetStat();
    jedis.flushAll();

    pass(UNUSED, node, other);

    assertThat(libraries()).hasSize(2);
    assertThat(jedis.info("commandstats")).doesNotContain("function|load");
  }

  @Test
  void a_user_who_may_not_delete_libraries_is_a_warning() {
    jedis.aclSetUser("sluice", "-function|delete");
    RedisBackend node = open(OLD).started();
    jedis.functionLoad(
        "#!lua name=sluice_old\nredis.register_function('sluice_old_f', function() end)");
    pass(UNUSED, node);

    assertThat(node.upkeep().health().problems()).isEmpty();
    assertThat(node.upkeep().health().warnings())
        .singleElement()
        .asString()
        .contains("may not run 'function|delete'");
    assertThat(libraries()).hasSize(2);

    jedis.aclSetUser("sluice", "+function|delete");
    pass(Duration.ofMinutes(1), node);
    assertThat(node.upkeep().health().warnings()).isEmpty();
    assertThat(libraries()).hasSize(1);
  }

  @Test
  void each_master_of_a_cluster_gets_and_loses_libraries() {
    try (RedisClusterNodes cluster = RedisClusterNodes.start(3, false)) {
      RedisBackend stays = openOn(cluster, Rules.DEFAULTS);
      RedisBackend leaves = openOn(cluster, OTHER_RULES);
      pass(STEP, stays, leaves);
      for (RedisServerProcess master : cluster.masters()) {
        assertThat(libraries(master)).hasSize(2);
      }
      leaves.close();

      pass(UNUSED, stays);

      for (RedisServerProcess master : cluster.masters()) {
        assertThat(libraries(master)).hasSize(1);
      }
      stays.close();
    }
  }

  /** One request holds the orgs of all masters. */
  @Test
  void each_master_of_a_cluster_gets_its_library_back_within_one_call() {
    List<String> orgs = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    try (RedisClusterNodes cluster = RedisClusterNodes.start(3, false)) {
      RedisBackend node = openOn(cluster, Rules.DEFAULTS);
      orgs.forEach(org -> enqueue(node, org, "w"));
      pass(STEP, node);
      for (RedisServerProcess master : cluster.masters()) {
        try (Jedis connection = master.connect()) {
          connection.functionFlush();
        }
      }

      node.upkeep().sweep();

      for (RedisServerProcess master : cluster.masters()) {
        assertThat(libraries(master)).hasSize(1);
      }
      node.close();
    }
  }

  private RedisBackend openOn(RedisClusterNodes cluster, Rules rules) {
    RedisSettings settings = cluster.settings();
    settings.check();
    return RedisBackend.of(
        new RedisCalls(settings.connections(), settings.where(), 10_000),
        AnswerLog.environment(rules, clock));
  }

  private Set<String> libraries() {
    return libraries(jedis);
  }

  private static Set<String> libraries(RedisServerProcess server) {
    try (Jedis connection = server.connect()) {
      return libraries(connection);
    }
  }

  private static Set<String> libraries(Jedis connection) {
    return connection.functionList("sluice_*").stream()
        .map(library -> library.getLibraryName())
        .collect(Collectors.toSet());
  }
}
