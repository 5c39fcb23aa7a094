package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.redis.connection.ConnectionSettings;
import dev.sluice.backend.redis.connection.OneServer;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.script.Schema;
import dev.sluice.backend.redis.server.AclRights;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.transfer.Closure;
import dev.sluice.backend.transfer.NewClosure;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Nodes of this release and of the next one on one store. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisUpgradeTest {

  private static final int OLD = Schema.NEWEST;
  private static final int NEW = OLD + 1;

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofMillis(Rules.DEFAULTS.upgradeMs());

  private static RedisServerProcess server;

  private final MovableClock clock = new MovableClock();
  private final List<RedisBackend> opened = new ArrayList<>();
  private Jedis jedis;
  private int requests;

  @BeforeAll
  static void start() {
    server = RedisServerProcess.start();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @BeforeEach
  void empty() {
    jedis = server.connect();
    jedis.flushAll();
    jedis.aclSetUser("sluice", AclRights.of("test-only"));
  }

  @AfterEach
  void close() {
    opened.forEach(RedisBackend::close);
    jedis.replicaofNoOne();
    jedis.close();
  }

  @Test
  void the_first_node_on_an_empty_store_puts_its_newest_layout_in_force() {
    RedisBackend node = open(NEW);
    enqueue(node, "org", "a");

    assertThat(node.upkeep().nodes().layout()).isEqualTo(NEW);
    assertThat(layoutOf("org")).isEqualTo(NEW);
    assertThat(raised(node, "org")).isEmpty();
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

    assertThat(node.work().counts("org").value().ready()).isEqualTo(2);
    assertThat(node.upkeep().health().warnings())
        .filteredOn(warning -> warning.contains("can't be swept"))
        .singleElement(STRING)
        .startsWith("org left can't be swept: the stored data has layout " + (OLD - 1));
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

  @Test
  void a_server_that_takes_no_writes_still_answers_reads() {
    RedisBackend node = open(OLD);
    enqueue(node, "org", "a");
    jedis.replicaof("127.0.0.1", 1);

    clock.jump(LEASE.multipliedBy(2));

    assertThat(node.work().counts("org").value().ready()).isEqualTo(1);
  }

  private RedisBackend open(int newest) {
    RedisAddress address = RedisAddress.parse(server.uri("sluice", "test-only"));
    RedisBackend node =
        RedisBackend.of(
            new RedisCalls(
                new OneServer(address, new ConnectionSettings(4, 10_000)),
                address.toString(),
                10_000),
            new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), clock),
            newest);
    opened.add(node);
    return node;
  }

  /** These nodes sweep meanwhile; others are away. */
  private void pass(Duration time, RedisBackend... nodes) {
    for (RedisBackend node : nodes) {
      node.upkeep().sweep();
    }
    for (Duration passed = STEP; passed.compareTo(time) <= 0; passed = passed.plus(STEP)) {
      clock.jump(STEP);
      for (RedisBackend node : nodes) {
        node.upkeep().sweep();
      }
    }
  }

  private static void enqueue(RedisBackend node, String org, String id) {
    enqueue(node, org, id, 0);
  }

  private static void enqueue(RedisBackend node, String org, String id, long notBefore) {
    String hash = "hash of " + id;
    NewWork work = new NewWork(id, id, id, "default", List.of(), 3, 1, notBefore, 0, hash, "{}");
    node.work().enqueue(org, List.of(work));
  }

  private static void register(RedisBackend node, String org) {
    node.workers()
        .register(
            org,
            new Registration(
                "w", "k", Dialect.STANDARD, "host", 10, List.of(), List.of(), false, "{}"));
  }

  /** Returns the number of sessions that a worker gets. */
  private int take(RedisBackend node, String org) {
    register(node, org);
    PollRequest poll = new PollRequest(new WorkerRef(org, "w", null), "r-" + ++requests, 5);
    return node.workers().poll(poll).value().work().size();
  }

  private static List<AuditLine> raised(RedisBackend node, String org) {
    return node.audit().list(org, null, 100).value().items().stream()
        .filter(line -> line.verb().equals("raise-layout"))
        .toList();
  }

  private int layoutOf(String org) {
    return Integer.parseInt(jedis.hget("{" + org + "}:org", "numbers").split(" ")[16]);
  }

  private Map<String, String> dump() {
    Map<String, String> all = new TreeMap<>();
    for (String key : jedis.keys("*")) {
      all.put(key, Base64.getEncoder().encodeToString(jedis.dump(key)));
    }
    return all;
  }
}
