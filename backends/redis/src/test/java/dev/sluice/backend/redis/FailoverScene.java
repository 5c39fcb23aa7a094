package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.server.RedisClusterNodes;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A worker and a producer of some orgs while servers come and go. */
final class FailoverScene implements AutoCloseable {

  private final QueueBackend backend;
  private final Map<String, String> workers = new HashMap<>();
  private int number;

  FailoverScene(RedisSettings settings) {
    settings.check();
    backend =
        RedisBackend.of(
            new RedisCalls(settings.connections(), settings.where(), settings.timeoutMs()),
            new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE));
  }

  QueueBackend backend() {
    return backend;
  }

  /** Registers a worker, enqueues an item and hands it out, each until it goes through. */
  void workOnce(String org) {
    String name = org + "-" + ++number;
    Registration worker =
        new Registration(
            name, "k", Dialect.STANDARD, "host", 10, Projects.ALL, List.of(), false, "{}");
    healed(() -> backend.workers().register(org, worker));
    workers.put(org, name);
    Enqueued enqueued =
        healed(() -> backend.work().enqueue(org, List.of(Works.of(name, number)))).get(0);
    assertThat(enqueued.refusal()).isNull();
    PollRequest poll = new PollRequest(new WorkerRef(org, name, null), "r", 5);
    assertThat(healed(() -> backend.workers().poll(poll)).work())
        .extracting(work -> work.sessionId())
        .contains(name);
  }

  String workerOf(String org) {
    String worker = workers.get(org);
    if (worker == null) {
      throw new AssertionError("no worker of " + org);
    }
    return worker;
  }

  /** Works in all the orgs, and says how long it took until all went through. */
  void healsIn(String what, List<String> orgs) {
    long start = System.nanoTime();
    orgs.forEach(this::workOnce);
    System.out.printf(
        "%s: all calls went through again after %d ms%n",
        what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  /** Repeats a call until it goes through; the test's time-out ends it. */
  static <T> T healed(Callable<T> call) {
    while (true) {
      try {
        return call.call();
      } catch (BackendUnavailableException e) {
        LockSupport.parkNanos(RedisClusterNodes.PAUSE_NANOS);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    backend.close();
  }

  private static final class Works {
    static NewWork of(String id, long queuedAtMs) {
      return new NewWork(
          id, id, id, "default", List.of(), 3, queuedAtMs, 0, 0, "hash of " + id, "{}");
    }
  }
}
