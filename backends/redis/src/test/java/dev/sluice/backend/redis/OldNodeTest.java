package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Nodes whose layouts do not fit the stored data. */
class OldNodeTest extends TwoReleases {

  @Test
  void an_old_node_is_refused_at_its_start_on_a_newer_store() {
    open(NEW).upkeep().sweep();
    Map<String, String> before = dump();

    assertThatThrownBy(() -> open(OLD).started())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "the stored data has layout %d, this Sluice knows up to %d: start the newer release",
            NEW, OLD);
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void an_old_node_that_wakes_up_after_the_switch_refuses_and_changes_nothing() {
    RedisBackend paused = open(OLD);
    enqueue(paused, "org", "a");
    register(paused, "org");
    RedisBackend next = open(NEW);
    pass(LEASE.plus(SETTLE).plus(STEP), next);
    assertThat(layoutOf("org")).isEqualTo(NEW);

    refusesAll(paused);

    assertThat(paused.upkeep().health().problems())
        .singleElement()
        .asString()
        .contains("layout " + NEW);
  }

  /** A process may be paused behind any check of its own. */
  @Test
  void an_org_of_a_newer_layout_is_refused_by_each_script_before_it_writes() {
    RedisBackend node = open(OLD);
    enqueue(node, "org", "a");
    register(node, "org");
    String numbers = jedis.hget("{org}:org", "numbers").replaceFirst("\\d+$", "");

    for (String newer : List.of(numbers + NEW, numbers + NEW + " 1 2", numbers + "12")) {
      jedis.hset("{org}:org", "numbers", newer);
      refusesAll(node);
    }
  }

  @Test
  void an_org_whose_layout_is_read_no_longer_is_named_and_the_others_are_swept() {
    RedisBackend node = open(NEW);
    enqueue(node, "left", "a");
    enqueue(node, "org", "b");
    enqueue(node, "org", "c", clock.now() + 1_000);
    String numbers = jedis.hget("{left}:org", "numbers");
    jedis.hset("{left}:org", "numbers", numbers.replaceFirst("\\d+$", String.valueOf(OLD - 1)));

    clock.jump(Duration.ofSeconds(2));
    node.upkeep().sweep();

    assertThat(node.work().counts("org").ready()).isEqualTo(2);
    assertThat(node.upkeep().health().warnings())
        .filteredOn(warning -> warning.contains("can't be swept"))
        .singleElement(STRING)
        .startsWith("org left can't be swept: the stored data has layout " + (OLD - 1));
  }

  @Test
  void a_server_that_takes_no_writes_still_answers_reads() {
    RedisBackend node = open(OLD);
    enqueue(node, "org", "a");
    jedis.replicaof("127.0.0.1", 1);

    clock.jump(LEASE.multipliedBy(2));

    assertThat(node.work().counts("org").ready()).isEqualTo(1);
    assertThatThrownBy(() -> enqueue(node, "org", "b"))
        .isInstanceOfSatisfying(
            BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
        .hasMessageContaining("READONLY");
  }

  @Test
  void a_server_that_takes_no_writes_and_lacks_the_library_is_unavailable() {
    RedisBackend node = open(OLD);
    enqueue(node, "org", "a");
    jedis.functionFlush();
    jedis.replicaof("127.0.0.1", 1);

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> node.work().counts("org"),
            () -> enqueue(node, "org", "b"),
            () -> node.upkeep().sweep())) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
          .hasMessageContaining("READONLY");
    }
    jedis.replicaofNoOne();

    assertThat(node.work().counts("org").ready()).isEqualTo(1);
  }

  private void refusesAll(RedisBackend node) {
    Map<String, String> before = dump();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> enqueue(node, "org", "b"),
            () -> take(node, "org"),
            () -> register(node, "org"),
            () -> node.work().counts("org"),
            () -> node.queues().resume("org", "default", new AuditNote("who", "why")),
            () -> node.upkeep().sweep(),
            () -> node.upkeep().sweepStep("org"))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
          .hasMessageContaining("start the newer release");
    }
    assertThat(dump()).isEqualTo(before);
  }

  private Map<String, String> dump() {
    Map<String, String> all = new TreeMap<>();
    for (String key : jedis.keys("*")) {
      all.put(key, Base64.getEncoder().encodeToString(jedis.dump(key)));
    }
    return all;
  }
}
