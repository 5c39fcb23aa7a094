package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * A server that freezes, dies, or comes back empty, with the time-outs as shipped.
 *
 * <p>How long a call takes is not asserted, since a busy machine would break that; each test has a
 * limit that threads which wait for good would break.
 */
@Timeout(60)
class RedisOutageTest {

  private static final String ORG = "outage";
  private static final WorkerRef WORKER = new WorkerRef(ORG, "w", null);

  private RedisServerProcess server;
  private QueueBackend backend;
  private int requests;

  @BeforeEach
  void start() {
    server = RedisServerProcess.start("--appendonly", "yes", "--appendfsync", "always");
    RedisSettings shipped = new RedisSettings();
    backend =
        RedisBackend.of(
            RedisAddress.parse(server.uri()),
            shipped.poolSize(),
            shipped.timeoutMs(),
            new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE));
    healed(this::register);
  }

  @AfterEach
  void end() {
    backend.close();
    server.close();
  }

  @Test
  void a_frozen_server_is_unavailable_and_heals() {
    healed(() -> enqueue("a", "{}"));
    server.freeze();

    assertThatThrownBy(this::poll)
        .isInstanceOfSatisfying(
            BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    assertThatThrownBy(this::poll).isInstanceOf(BackendUnavailableException.class);
    assertThat(backend.upkeep().health().healthy()).isFalse();

    server.thaw();
    healed(this::poll);
    assertThat(backend.upkeep().health().healthy()).isTrue();
  }

  @Test
  void while_it_is_frozen_calls_are_refused_without_being_sent() {
    server.freeze();
    boolean refusedAtOnce = false;
    while (!refusedAtOnce) {
      try {
        poll();
      } catch (BackendUnavailableException e) {
        refusedAtOnce = !e.outcomeUnknown();
      }
    }
    server.thaw();
    healed(this::poll);
  }

  @Test
  void many_callers_of_a_frozen_server_all_come_back() throws Exception {
    server.freeze();
    ExecutorService threads = Executors.newFixedThreadPool(200);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(threads.submit(() -> assertThatThrownBy(this::poll)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      threads.shutdownNow();
      server.thaw();
    }
  }

  @Test
  void a_pause_of_the_server_delays_calls_and_refuses_none() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(40);
    try {
      server.freeze();
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(threads.submit(this::poll));
      }
      Thread.sleep(700); // the length of the pause is what this is about
      server.thaw();
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_server_that_answers_probes_gets_calls_though_they_time_out() {
    try (Jedis redis = new Jedis(server.uri())) {
      redis.sendCommand(Protocol.Command.CLIENT, "PAUSE", "60000", "WRITE");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(this::poll)
            .isInstanceOfSatisfying(
                BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
      }
      redis.sendCommand(Protocol.Command.CLIENT, "UNPAUSE");
      poll();
    }
  }

  @Test
  void a_request_too_large_for_the_buffers_of_a_frozen_server_is_ended() {
    List<NewWork> large = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      large.add(work("large-" + i, "\"" + "x".repeat(1024 * 1024) + "\""));
    }
    server.freeze();

    assertThatThrownBy(() -> backend.work().enqueue(ORG, large))
        .isInstanceOf(BackendUnavailableException.class);

    server.thaw();
    healed(() -> backend.work().enqueue(ORG, large));
    assertThat(healed(() -> backend.work().counts(ORG)).ready()).isEqualTo(16);
  }

  @Test
  void a_killed_server_is_unavailable_and_keeps_what_was_acknowledged() {
    healed(() -> enqueue("a", "{}"));
    server.kill();

    assertThatThrownBy(this::poll).isInstanceOf(BackendUnavailableException.class);
    assertThat(backend.upkeep().health().healthy()).isFalse();

    server.restart();
    assertThat(healed(() -> backend.work().counts(ORG)).ready()).isEqualTo(1);
    assertThat(backend.upkeep().health().healthy()).isTrue();
    try (Jedis jedis = server.connect()) {
      assertThat(jedis.info("commandstats"))
          .as("its file had the library")
          .contains("cmdstat_fcall")
          .doesNotContain("cmdstat_function|load");
    }
  }

  /** Someone else's function runs for longer than {@code busy-reply-threshold}. */
  @Test
  void a_busy_server_is_unavailable_and_heals() throws Exception {
    healed(() -> enqueue("a", "{}"));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Jedis jedis = server.connect()) {
      jedis.configSet("busy-reply-threshold", "100");
      jedis.functionLoad(
          "#!lua name=mine\nredis.register_function('spin', function() while true do end end)");
      Future<?> spin = other.submit(() -> spin(server));

      BackendUnavailableException refusal = null;
      while (refusal == null || !refusal.getMessage().contains("BUSY")) {
        refusal = catchThrowableOfType(BackendUnavailableException.class, this::poll);
      }
      assertThat(refusal.outcomeUnknown()).isFalse();
      assertThat(backend.upkeep().health().healthy()).isFalse();

      jedis.functionKill();
      spin.get();
      healed(this::poll);
      assertThat(backend.upkeep().health().healthy()).isTrue();
    } finally {
      other.shutdownNow();
    }
  }

  private static void spin(RedisServerProcess server) {
    try (Jedis jedis = server.connect()) {
      assertThatThrownBy(() -> jedis.fcall("spin", List.of(), List.of()))
          .hasMessageContaining("Script killed by user");
    }
  }

  @Test
  void a_backend_that_was_closed_is_unavailable() {
    backend.close();
    assertThatThrownBy(this::poll)
        .isInstanceOfSatisfying(
            BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
  }

  private Object register() {
    return backend
        .workers()
        .register(
            ORG,
            new Registration(
                "w", "k", Dialect.STANDARD, "host", 10, Projects.ALL, List.of(), false, "{}"));
  }

  private Object poll() {
    return backend.workers().poll(new PollRequest(WORKER, "r-" + ++requests, 1));
  }

  private Object enqueue(String id, String item) {
    return backend.work().enqueue(ORG, List.of(work(id, item)));
  }

  private static NewWork work(String id, String item) {
    return new NewWork(id, id, id, "default", List.of(), 3, 1, 0, 0, "hash of " + id, item);
  }

  private static <T> T healed(Callable<T> call) {
    while (true) {
      try {
        return call.call();
      } catch (BackendUnavailableException e) {
        Thread.onSpinWait();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
