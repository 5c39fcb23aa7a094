package dev.sluice.backend.redis;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.connection.ConnectionSettings;
import dev.sluice.backend.redis.connection.OneServer;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.function.Schema;
import dev.sluice.backend.redis.server.AclRights;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import redis.clients.jedis.Jedis;

/** Nodes of this release and of the next one on one store. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class TwoReleases {

  static final int OLD = Schema.NEWEST;
  static final int NEW = OLD + 1;

  static final Duration STEP = Duration.ofSeconds(5);
  static final Duration LEASE = Duration.ofSeconds(15);
  static final Duration SETTLE = Duration.ofMillis(Rules.DEFAULTS.upgradeMs());

  private static RedisServerProcess server;

  final MovableClock clock = new MovableClock();
  Jedis jedis;
  private final List<RedisBackend> opened = new ArrayList<>();
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

  RedisBackend open(int newest) {
    return open(newest, Rules.DEFAULTS);
  }

  RedisBackend open(int newest, Rules rules) {
    RedisAddress address = RedisAddress.parse(server.uri("sluice", "test-only"));
    RedisBackend node =
        RedisBackend.of(
            new RedisCalls(
                new OneServer(address, new ConnectionSettings(4, 10_000)),
                address.toString(),
                10_000),
            AnswerLog.environment(rules, clock),
            newest);
    opened.add(node);
    return node;
  }

  /** These nodes sweep meanwhile; others are away. */
  void pass(Duration time, RedisBackend... nodes) {
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

  static void enqueue(RedisBackend node, String org, String id) {
    enqueue(node, org, id, 0);
  }

  static void enqueue(RedisBackend node, String org, String id, long notBefore) {
    String hash = "hash of " + id;
    NewWork work = new NewWork(id, id, id, "default", List.of(), 3, 1, notBefore, 0, hash, "{}");
    node.work().enqueue(org, List.of(work));
  }

  static void register(RedisBackend node, String org) {
    node.workers()
        .register(
            org,
            new Registration(
                "w", "k", Dialect.STANDARD, "host", 10, Projects.ALL, List.of(), false, "{}"));
  }

  /** Returns the number of sessions that a worker gets. */
  int take(RedisBackend node, String org) {
    register(node, org);
    PollRequest poll = new PollRequest(new WorkerRef(org, "w", null), "r-" + ++requests, 5);
    return node.workers().poll(poll).work().size();
  }

  int layoutOf(String org) {
    return Integer.parseInt(jedis.hget("{" + org + "}:org", "numbers").split(" ")[16]);
  }
}
