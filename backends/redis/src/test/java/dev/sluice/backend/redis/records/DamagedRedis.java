package dev.sluice.backend.redis.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.redis.RedisUnderTest;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.BatchOffer;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** A server with a worker, and calls whose records a test damages. */
abstract class DamagedRedis {

  static final AuditNote BY = new AuditNote("who", "why");
  static final String ORG = "broken";
  static final WorkerRef WORKER = new WorkerRef(ORG, "w", null);
  static final Holder HOLDER = new Holder("w", null, 0);

  private static RedisServerProcess server;

  final MovableClock clock = new MovableClock();
  Jedis jedis;
  private RedisUnderTest redis;
  private int requests;

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
    redis = new RedisUnderTest(server, Rules.DEFAULTS, clock);
    jedis = server.connect();
    register("w");
  }

  @AfterEach
  void close() {
    jedis.close();
    redis.close();
  }

  void refused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.DAMAGED));
  }

  void assertHealthNames(String what) {
    assertThat(backend().upkeep().health().warnings())
        .anySatisfy(warning -> assertThat(warning).contains(what));
  }

  /** All that is stored, but for the names of damaged records. */
  Map<String, Object> contents() {
    List<String> keys = List.copyOf(jedis.keys("*"));
    List<String> types = inOneRequest(keys, Pipeline::type);
    Iterator<String> type = types.iterator();
    List<Object> values = inOneRequest(keys, (request, key) -> value(request, key, type.next()));
    Map<String, Object> contents = new TreeMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Object value = values.get(i);
      contents.put(
          keys.get(i),
          switch (types.get(i)) {
            case "hash" -> new TreeMap<>((Map<?, ?>) value);
            case "set" -> new TreeSet<>((Set<?>) value);
            default -> value;
          });
    }
    contents.remove("{broken}:damaged");
    return contents;
  }

  private static Response<?> value(Pipeline request, String key, String type) {
    return switch (type) {
      case "string" -> request.get(key);
      case "hash" -> request.hgetAll(key);
      case "set" -> request.smembers(key);
      case "list" -> request.lrange(key, 0, -1);
      case "zset" -> request.zrangeWithScores(key, 0, -1);
      default -> throw new AssertionError(key + " is a " + type);
    };
  }

  private <T> List<T> inOneRequest(
      List<String> keys, BiFunction<Pipeline, String, Response<? extends T>> command) {
    try (Pipeline request = jedis.pipelined()) {
      List<Response<? extends T>> answers =
          keys.stream().<Response<? extends T>>map(key -> command.apply(request, key)).toList();
      request.sync();
      return answers.stream().<T>map(Response::get).toList();
    }
  }

  QueueBackend backend() {
    return redis.backend();
  }

  void register(String worker, String... projects) {
    registerOn("machine of " + worker, worker, projects);
  }

  void registerOn(String machine, String worker, String... projects) {
    backend()
        .workers()
        .register(
            ORG,
            new Registration(
                worker,
                "k",
                Dialect.STANDARD,
                "host",
                10,
                Projects.of(List.of(projects)),
                List.of(BatchLane.CAPABILITY),
                false,
                machine,
                "{}",
                List.of()));
  }

  void enqueue(String id, String project, int priority) {
    enqueue(id, project, priority, 0);
  }

  void enqueue(String id, String project, int priority, long notBefore) {
    enqueue(
        new NewWork(
            id,
            id,
            id,
            project,
            List.of(),
            priority,
            1,
            notBefore,
            0,
            "hash",
            "{\"id\":\"" + id + "\"}"));
  }

  void enqueue(NewWork work) {
    Refusal refusal = backend().work().enqueue(ORG, List.of(work)).get(0).refusal();
    if (refusal != null) {
      throw new RefusedException(refusal, work.sessionId(), null);
    }
  }

  void addJob(String id) {
    NewBatchJob job = new NewBatchJob(id, "hash", "{\"job\":\"" + id + "\"}");
    Refusal refusal = backend().batch().add(ORG, List.of(job)).get(0).refusal();
    if (refusal != null) {
      throw new RefusedException(refusal, id, null);
    }
  }

  List<String> pollForJobs() {
    PollRequest request = new PollRequest(WORKER, "r-" + ++requests, 0, true);
    return backend().workers().poll(request).batch().stream().map(BatchOffer::jobId).toList();
  }

  PollResult poll(int max) {
    return backend().workers().poll(new PollRequest(WORKER, "r-" + ++requests, max));
  }

  List<String> takeAs(String worker, int max) {
    PollRequest request = new PollRequest(new WorkerRef(ORG, worker, null), "r-" + ++requests, max);
    return backend().workers().poll(request).work().stream().map(ClaimedWork::sessionId).toList();
  }

  List<String> take(int max) {
    return poll(max).work().stream().map(ClaimedWork::sessionId).toList();
  }

  void report(SessionState state) {
    backend().sessions().report(ORG, "bad", HOLDER, new StatusReport(state, new TreeMap<>(), -1));
  }

  void send(String session) {
    send(session, null);
  }

  void send(String session, Idempotency call) {
    NewMessage message = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null);
    backend().inboxes().send(ORG, session, message.bearing(call), BY);
  }

  static NewWork work(String id) {
    return new NewWork(id, id, id, "default", List.of(), 1, 1, 0, 0, "hash", "{}");
  }
}
