package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Cases of Redis alone: one script per call, forgotten scripts, newer data, full memory. */
class RedisCallsTest {

  private static final String ORG = "calls";
  private static final WorkerRef WORKER = new WorkerRef(ORG, "w", null);

  private static RedisServerProcess server;
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
    redis = new RedisUnderTest(server, Rules.DEFAULTS, StoreTime.STORE);
    backend()
        .workers()
        .register(
            ORG,
            new Registration(
                "w", "key", Dialect.STANDARD, "h", 1_000, Projects.ALL, List.of(), false, "{}"));
  }

  @AfterEach
  void close() {
    redis.close();
    try (Jedis jedis = server.connect()) {
      jedis.configSet("maxmemory", "0");
      jedis.configSet("maxmemory-policy", "noeviction");
    }
  }

  @Test
  void aPollIsOneScript() {
    enqueue(100);
    poll();
    long before = calls("fcall");
    for (int i = 0; i < 50; i++) {
      poll();
    }
    assertThat(calls("fcall") - before).isEqualTo(50);
  }

  @Test
  void scriptsThatTheServerForgotAreLoadedAgain() {
    enqueue(3);
    try (Jedis jedis = server.connect()) {
      jedis.scriptFlush();
    }
    assertThat(poll().work()).hasSize(3);
    try (Jedis jedis = server.connect()) {
      jedis.scriptFlush();
    }
    enqueue(2_000); // a pipeline meets the same
    assertThat(backend().work().counts(ORG).waiting()).isEqualTo(1_997);
  }

  @Test
  void aPollRepeatedWithItsIdAnswersTheSameClaims() {
    enqueue(10);
    PollRequest request = new PollRequest(WORKER, "lost-reply", 5);
    List<ClaimedWork> first = backend().workers().poll(request).work();
    assertThat(first).hasSize(5);
    assertThat(backend().workers().poll(request).work()).isEqualTo(first);
  }

  @Test
  void aServerOfFullMemoryIsUnavailableAndLosesNothing() {
    enqueue(10);
    try (Jedis jedis = server.connect()) {
      jedis.configSet("maxmemory", "1");
    }
    assertThatThrownBy(this::poll).isInstanceOf(BackendUnavailableException.class);
    try (Jedis jedis = server.connect()) {
      jedis.configSet("maxmemory", "0");
    }
    List<ClaimedWork> work = new ArrayList<>();
    while (work.size() < 10) { // once the breaker lets calls through again
      try {
        work.addAll(poll().work());
      } catch (BackendUnavailableException open) {
        Thread.onSpinWait();
      }
    }
    assertThat(work.stream().map(ClaimedWork::sessionId).distinct()).hasSize(10);
  }

  @Test
  void healthIsRedWhereTheServerMayThrowKeysAway() {
    assertThat(backend().upkeep().health().healthy()).isTrue();
    try (Jedis jedis = server.connect()) {
      jedis.configSet("maxmemory-policy", "allkeys-lru");
    }
    assertThat(backend().upkeep().health().problems())
        .singleElement()
        .asString()
        .contains("maxmemory-policy");
  }

  private QueueBackend backend() {
    return redis.backend();
  }

  private PollResult poll() {
    return backend().workers().poll(new PollRequest(WORKER, "r" + requests++, 5));
  }

  private void enqueue(int count) {
    List<NewWork> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "s" + i;
      items.add(
          new NewWork(
              id, id, id, "p", List.of(), 3, 1_000 + i, 0, 0, "hash" + i, "{\"n\":" + i + "}"));
    }
    backend().work().enqueue(ORG, items);
  }

  private static long calls(String command) {
    try (Jedis jedis = server.connect()) {
      Matcher found =
          Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
              .matcher(jedis.info("commandstats"));
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
  }
}
