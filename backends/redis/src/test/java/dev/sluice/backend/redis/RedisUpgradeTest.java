package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The next layout is in force once all nodes know it. */
class RedisUpgradeTest extends TwoReleases {

  @Test
  void the_first_node_on_an_empty_store_puts_its_newest_layout_in_force() {
    RedisBackend node = open(NEW);
    enqueue(node, "org", "a");

    assertThat(node.upkeep().nodes().layout()).isEqualTo(NEW);
    assertThat(layoutOf("org")).isEqualTo(NEW);
    assertThat(raised(node, "org")).isEmpty();
  }

  @Test
  void one_of_the_live_nodes_leads() {
    RedisBackend one = open(NEW);
    RedisBackend other = open(NEW);
    RedisBackend third = open(NEW);
    pass(STEP, one, other, third);

    List<RedisBackend> leading =
        Stream.of(one, other, third).filter(node -> node.upkeep().nodes().leads()).toList();
    assertThat(leading).hasSize(1);

    leading.get(0).close();
    List<RedisBackend> left =
        Stream.of(one, other, third).filter(node -> node != leading.get(0)).toList();
    pass(SETTLE, left.toArray(RedisBackend[]::new));
    assertThat(left).filteredOn(node -> node.upkeep().nodes().leads()).hasSize(1);
  }

  @Test
  void while_an_old_node_is_there_nothing_is_raised() {
    RedisBackend old = open(OLD);
    enqueue(old, "org", "a");
    RedisBackend next = open(NEW);

    pass(SETTLE.multipliedBy(3), old, next);

    enqueue(next, "later", "b");
    assertThat(old.upkeep().nodes().layout()).isEqualTo(OLD);
    assertThat(next.upkeep().nodes().nodes())
        .extracting(NodeInfo::layout)
        .containsExactlyInAnyOrder(OLD, NEW);
    assertThat(layoutOf("org")).isEqualTo(OLD);
    assertThat(layoutOf("later")).isEqualTo(OLD);
    assertThat(take(old, "later")).isEqualTo(1);
    assertThat(raised(next, "org")).isEmpty();
  }

  @Test
  void after_the_last_old_node_has_closed_each_org_is_raised_once() {
    RedisBackend old = open(OLD);
    enqueue(old, "one", "a");
    enqueue(old, "two", "b");
    RedisBackend next = open(NEW);
    RedisBackend other = open(NEW);
    pass(STEP, old, next, other);
    old.close();

    pass(SETTLE, next, other);
    assertThat(next.upkeep().nodes().layout()).isEqualTo(OLD);
    pass(STEP, next, other);

    assertThat(other.upkeep().nodes().layout()).isEqualTo(NEW);
    pass(SETTLE, next, other);
    for (String org : List.of("one", "two")) {
      assertThat(layoutOf(org)).isEqualTo(NEW);
      assertThat(raised(other, org))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.actor()).isEqualTo("sluice");
                assertThat(line.detail()).isEqualTo("from " + OLD + " to " + NEW);
                assertThat(line.times()).isEqualTo(1);
              });
      assertThat(take(other, org)).isEqualTo(1);
    }
    enqueue(next, "three", "c");
    pass(STEP, next, other);
    assertThat(layoutOf("three")).isEqualTo(NEW);
    assertThat(raised(next, "three")).isEmpty();
  }

  @Test
  void a_killed_old_node_is_gone_after_its_lease() {
    RedisBackend killed = open(OLD);
    enqueue(killed, "org", "a");
    RedisBackend next = open(NEW);

    pass(LEASE.plus(SETTLE), next);
    assertThat(layoutOf("org")).isEqualTo(OLD);
    pass(STEP, next);

    assertThat(layoutOf("org")).isEqualTo(NEW);
    assertThat(next.upkeep().nodes().nodes()).extracting(NodeInfo::layout).containsExactly(NEW);
  }

  @Test
  void before_the_switch_an_old_node_may_come_back() {
    RedisBackend old = open(OLD);
    enqueue(old, "org", "a");
    RedisBackend next = open(NEW);
    old.close();
    pass(SETTLE.minus(STEP), next);

    RedisBackend back = open(OLD).started();
    pass(SETTLE.multipliedBy(2), next, back);
    next.close();
    pass(SETTLE.multipliedBy(2), back);

    assertThat(layoutOf("org")).isEqualTo(OLD);
    assertThat(take(back, "org")).isEqualTo(1);
  }

  @Test
  void the_time_without_old_nodes_begins_again_after_an_outage_of_all() {
    open(OLD).upkeep().sweep();
    RedisBackend next = open(NEW);
    pass(SETTLE, next);

    clock.jump(SETTLE);
    next.upkeep().sweep();
    assertThat(next.upkeep().nodes().layout()).isEqualTo(OLD);
    pass(SETTLE, next);

    assertThat(next.upkeep().nodes().layout()).isEqualTo(NEW);
  }

  @Test
  void a_clock_that_was_set_back_keeps_no_node_alive() {
    open(OLD).upkeep().sweep();
    RedisBackend next = open(NEW);
    next.upkeep().sweep();
    clock.setBack(Duration.ofHours(1));

    pass(LEASE.plus(SETTLE).plus(STEP), next);

    assertThat(next.upkeep().nodes().layout()).isEqualTo(NEW);
  }

  @Test
  void a_crash_between_the_switch_and_the_orgs_is_made_up_for_by_the_next_sweep() {
    RedisBackend old = open(OLD);
    enqueue(old, "org", "a");
    RedisBackend crashes = open(NEW);
    old.close();
    for (Duration passed = Duration.ZERO;
        passed.compareTo(SETTLE) <= 0;
        passed = passed.plus(STEP)) {
      crashes.upkeep().nodes();
      clock.jump(STEP);
    }
    assertThat(jedis.get("{sluice}:version")).isEqualTo(String.valueOf(NEW));
    assertThat(layoutOf("org")).isEqualTo(OLD);

    RedisBackend next = open(NEW).started();
    enqueue(next, "org", "b");
    assertThat(layoutOf("org")).as("written as the org says").isEqualTo(OLD);
    pass(STEP, next);

    assertThat(layoutOf("org")).isEqualTo(NEW);
    assertThat(raised(next, "org")).hasSize(1);
  }

  @Test
  void a_closed_org_is_raised_when_it_opens() {
    RedisBackend old = open(OLD);
    enqueue(old, "org", "a");
    old.transfers()
        .close("org", new NewClosure("exp", Closure.Purpose.EXPORT, "", 0, null, ""), null);
    RedisBackend next = open(NEW);
    old.close();
    pass(SETTLE.plus(STEP), next);
    assertThat(next.upkeep().nodes().layout()).isEqualTo(NEW);
    assertThat(layoutOf("org")).isEqualTo(OLD);

    next.transfers().open("org", "exp", null);
    next.upkeep().sweep();

    assertThat(layoutOf("org")).isEqualTo(NEW);
    assertThat(next.upkeep().health().warnings()).noneMatch(warning -> warning.contains("org"));
  }

  /** The name of a library follows from the layout in force. */
  @Test
  void raising_the_layout_loads_one_library_and_leaves_one() {
    jedis.functionFlush();
    RedisBackend old = open(OLD);
    enqueue(old, "org", "a");
    RedisBackend next = open(NEW).started();
    pass(STEP, old, next);
    old.close();
    pass(SETTLE, next);
    assertThat(next.upkeep().nodes().layout()).isEqualTo(OLD);
    jedis.configResetStat();

    pass(STEP, next);
    assertThat(next.upkeep().nodes().layout()).isEqualTo(NEW);
    enqueue(next, "org", "b");
    assertThat(take(next, "org")).isEqualTo(2);
    pass(LEASE.plus(Duration.ofMinutes(2)).plus(STEP), next);

    assertThat(loads()).isLessThanOrEqualTo(1);
    assertThat(jedis.functionList("sluice_*")).hasSize(1);
    assertThat(next.upkeep().health().warnings()).isEmpty();
  }

  private int loads() {
    return Pattern.compile("cmdstat_function\\|load:calls=(\\d+)")
        .matcher(jedis.info("commandstats"))
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .sum();
  }

  @Test
  void an_import_waits_until_its_org_has_the_newest_layout() {
    RedisBackend old = open(OLD).started();
    RedisBackend next = open(NEW).started();
    NewClosure imports = new NewClosure("imp", Closure.Purpose.IMPORT, "", 0, null, "");

    assertThatThrownBy(() -> next.transfers().close("org", imports, null))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UPGRADING));
    assertThat(next.transfers().closure("org")).isEmpty();

    old.close();
    pass(SETTLE.multipliedBy(2), next);
    next.transfers().close("org", imports, null);
  }

  private static List<AuditLine> raised(RedisBackend node, String org) {
    return node.audit().list(org, null, 100).items().stream()
        .filter(line -> line.verb().equals("raise-layout"))
        .toList();
  }
}
