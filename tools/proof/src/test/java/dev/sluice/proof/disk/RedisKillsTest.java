package dev.sluice.proof.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.redis.RedisBackendFactory;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Redis with {@code appendfsync always} is killed under callers, readers of events and a sender of
 * webhooks, again and again on the same files. Everything acknowledged is there after each kill,
 * and readers that go on with their cursors have seen each change once.
 *
 * <p>{@code -Dseed=1-200} with {@code -Pproof} or {@code -Plong} is the long form.
 */
@Timeout(7200)
class RedisKillsTest {

  private static final boolean LONG = Recordings.LONG || Boolean.getBoolean("sluice.long");
  private static final int KILLS = Integer.getInteger("kills", LONG ? 50 : 20);
  private static final int CALLERS = 3;

  /** Of each caller in each life. */
  private static final int CALLS = 12;

  private static final int LATEST_US = 1_500;

  /** The first life would have a plan that signs, which a later look would change. */
  private static final int FIRST_LIFE = 2;

  static LongStream seeds() {
    String[] range = System.getProperty("seed", LONG ? "1-20" : "1").split("-");
    return LongStream.rangeClosed(
        Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
  }

  /** An event that a reader or a receiver has. */
  private record Told(String kind, String org, long number, String line) {}

  private final List<Plan> plans = new ArrayList<>();

  /** The number of acknowledged calls, by the name of their plan. */
  private final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();

  private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasAcknowledgedIsToldOnce(long seed) throws Exception {
    Random random = new Random(seed);
    long begun = System.nanoTime();
    try (RedisServerProcess redis =
        RedisServerProcess.start("--appendonly", "yes", "--appendfsync", "always")) {
      for (int life = FIRST_LIFE; life < FIRST_LIFE + KILLS; life++) {
        live(redis, seed, life, random);
        try (QueueBackend backend = open(redis)) {
          check(backend, plans.subList(plans.size() - CALLERS, plans.size()));
        }
        assertThat(problems).as("seed %d, kill %d", seed, life - FIRST_LIFE + 1).isEmpty();
      }
      end(redis);
    }
    assertThat(problems).as("seed %d", seed).isEmpty();
    System.out.printf(
        "Redis, seed %d: %d kills, %d calls acknowledged, %d events read and %d delivered, "
            + "0 problems, %d ms a kill%n",
        seed,
        KILLS,
        acknowledged.values().stream().mapToInt(AtomicInteger::get).sum(),
        told.stream().filter(each -> each.kind.equals(Recording.READ)).count(),
        told.stream().filter(each -> each.kind.equals(Recording.DELIVERED)).count(),
        (System.nanoTime() - begun) / 1_000_000 / KILLS);
  }

  private static QueueBackend open(RedisServerProcess redis) throws JsonProcessingException {
    String settings = "{\"type\":\"redis\",\"redis\":{\"uri\":\"%s\"}}".formatted(redis.uri());
    return new ObjectMapper()
        .readValue(settings, RedisBackendFactory.class)
        .build(new BackendEnvironment(Calls.RULES, Path.of("unused"), StoreTime.STORE));
  }

  /** Calls until Redis is killed some moment after some call, and starts Redis again. */
  private void live(RedisServerProcess redis, long seed, int life, Random random) throws Exception {
    List<Plan> own =
        IntStream.range(0, CALLERS).mapToObj(i -> Plan.of(seed, life, i, CALLS)).toList();
    plans.addAll(own);
    int killAfter = random.nextInt(CALLERS * CALLS);
    long killLater = random.nextInt(LATEST_US) * 1_000L;
    AtomicInteger calls = new AtomicInteger();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> running = new ArrayList<>();
    QueueBackend backend = open(redis);
    for (Plan plan : own) {
      running.add(threads.submit(() -> follow(backend, plan, calls)));
    }
    for (String org : orgs()) {
      long after = lastRead(org);
      running.add(threads.submit(() -> readOn(backend, org, after)));
    }
    while (calls.get() < killAfter) {
      Thread.onSpinWait();
    }
    long killAt = System.nanoTime() + killLater;
    while (System.nanoTime() < killAt) {
      Thread.onSpinWait();
    }
    redis.kill();
    for (Future<?> each : running) {
      each.get();
    }
    backend.close();
    threads.shutdown();
    redis.restart();
  }

  private List<String> orgs() {
    return plans.stream().map(Plan::org).distinct().toList();
  }

  private void follow(QueueBackend backend, Plan plan, AtomicInteger calls) {
    Calls caller = new Calls(backend, plan);
    try {
      for (Op op : plan.ops()) {
        caller.make(op);
        acknowledged(plan).incrementAndGet();
        calls.incrementAndGet();
      }
    } catch (BackendUnavailableException e) {
      // killed
    } catch (RuntimeException e) {
      problems.add("plan " + plan.name() + ": " + e);
    } finally {
      calls.addAndGet(CALLS); // the kill doesn't wait for it
    }
  }

  private AtomicInteger acknowledged(Plan plan) {
    return acknowledged.computeIfAbsent(plan.name(), name -> new AtomicInteger());
  }

  private long lastRead(String org) {
    synchronized (told) {
      return told.stream()
          .filter(each -> each.kind.equals(Recording.READ) && each.org.equals(org))
          .mapToLong(Told::number)
          .max()
          .orElse(0);
    }
  }

  private void readOn(QueueBackend backend, String org, long after) {
    Readers readers = new Readers(backend, org, after, (kind, event) -> note(kind, org, event));
    try {
      while (true) {
        readers.look();
      }
    } catch (BackendUnavailableException e) {
      // killed
    } catch (RuntimeException e) {
      problems.add("the reader of " + org + ": " + e);
    }
  }

  private void note(String kind, String org, LoggedEvent event) {
    told.add(new Told(kind, org, event.number(), EventsOf.line(event)));
  }

  /** Reads and delivers all that is left, and checks everything again. */
  private void end(RedisServerProcess redis) throws JsonProcessingException {
    try (QueueBackend backend = open(redis)) {
      for (String org : orgs()) {
        Readers readers =
            new Readers(backend, org, lastRead(org), (kind, event) -> note(kind, org, event));
        while (readers.look()) {
          // until there is nothing left
        }
      }
      check(backend, plans);
      Map<String, Long> read = new HashMap<>();
      for (Told each : told) {
        if (each.kind.equals(Recording.READ)
            && each.number != read.merge(each.org, 1L, Long::sum)) {
          problems.add("a reader of " + each.org + " got " + each.number + " out of turn");
        }
      }
    }
  }

  private void check(QueueBackend backend, List<Plan> some) {
    EventCheck check = new EventCheck(backend, problems);
    Map<String, Long> delivered = new HashMap<>();
    for (Told each : told) {
      check.told(each.kind, each.org, each.number, each.line);
      if (each.kind.equals(Recording.DELIVERED)) {
        delivered.merge(each.org, each.number, (upTo, at) -> at == upTo + 1 ? at : upTo);
      }
    }
    orgs().forEach(org -> check.cursor(org, delivered.getOrDefault(org, 0L)));
    for (Plan plan : some) {
      int calls = acknowledged(plan).get();
      check.plan(plan, calls);
      ImageCheck.compare(backend, plan, calls, problems);
    }
  }
}
