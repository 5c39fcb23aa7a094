package dev.sluice.service.process;

import static dev.sluice.service.process.FleetCalls.PRODUCER;
import static dev.sluice.service.process.FleetCalls.REGISTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayWorker;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reporting workers drain a queue while the nodes of a service are replaced: killed or stopped and
 * restarted, or moved to another store. Calls go to the nodes in turn, and after 503 or a broken
 * connection to the next one; if none answers, a second later or to the next replacement. A worker
 * forgets an unanswered poll. Beside them a few hold their sessions all the time.
 */
final class KilledFleet implements AutoCloseable {

  /** Rounds over several nodes, one of which must serve, a second apart. */
  private static final int ROUNDS = 5;

  /** As a 503 asks for. */
  private static final long RETRY_MS = 1_000;

  /** Ends a node at work, and returns the one that goes on. */
  interface Next {
    SluiceProcess of(SluiceProcess node) throws Exception;
  }

  /** The replacement of a node, by its index. */
  record Step(int node, Next next) {}

  private final Map<String, String> accepted = new ConcurrentHashMap<>();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Semaphore ends = new Semaphore(0);

  /** Workers that got work since the last start, and after how long. */
  private final Map<String, Duration> again = new ConcurrentHashMap<>();

  private volatile long startedNanos;
  private final int size;
  private final Duration work;
  private final List<SluiceProcess> nodes;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicLong longestRefusedMs = new AtomicLong();
  private volatile int items;
  private volatile boolean closing;
  private int generation;

  /** Enqueues, for sixteen workers on one node. */
  KilledFleet(SluiceProcess first, int items) {
    this(List.of(first), 16, Duration.ZERO);
    enqueue(items);
  }

  /**
   * @param size number of workers
   * @param work duration of a session
   */
  KilledFleet(List<SluiceProcess> nodes, int size, Duration work) {
    this.nodes = new ArrayList<>(nodes);
    this.size = size;
    this.work = work;
  }

  void enqueue(int more) {
    int end = items + more;
    for (int from = items; from < end; from += 500) {
      String some =
          IntStream.range(from, Math.min(from + 500, end))
              .mapToObj(KilledFleet::item)
              .collect(Collectors.joining(","));
      Answer answer =
          answered(
              PRODUCER,
              calls -> calls.call("POST", "/api/work", "{\"items\":[" + some + "]}", Map.of()));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
    items = end;
  }

  synchronized List<SluiceProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** Drains everything with evenly spread replacements; returns the outcome in words. */
  String drain(List<Next> replacements) throws Exception {
    return drainIn(replacements.stream().map(next -> new Step(0, next)).toList());
  }

  String drainIn(List<Step> steps) throws Exception {
    return drainIn(steps, items / (steps.size() + 1));
  }

  /**
   * @param share number of ends before each step
   */
  String drainIn(List<Step> steps, int share) throws Exception {
    List<String> workers = IntStream.range(0, size).mapToObj(i -> register()).toList();
    HeldThroughRestarts held = new HeldThroughRestarts(nodes.get(0).url());
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<?>> loops = new ArrayList<>();
      workers.forEach(worker -> loops.add(threads.submit(() -> work(worker))));
      for (Iterator<Step> step = steps.iterator(); step.hasNext(); ) {
        ends.acquire(share);
        SluiceProcess node = replace(step.next());
        if (step.hasNext()) {
          held.goOn(node.url());
        } else {
          held.end(node.url());
        }
      }
      closing = true;
      for (Future<?> loop : loops) {
        loop.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ended).hasSize(items);
    long quarantined =
        workers.stream()
            .filter(worker -> read("/api/workers/" + worker).has("quarantinedUntil"))
            .count();
    int returned = 0;
    for (String id : ended) {
      JsonNode item = read("/api/work/" + id);
      assertThat(item.at("/state").asText()).as(id).isEqualTo("completed");
      returned += item.at("/attempts").asInt() > 0 ? 1 : 0;
    }
    assertThat(quarantined).as("workers in quarantine").isZero();
    return "%d items, %d replacements, %d calls repeated, %d items of lost answers handed out again, %d quarantined, %d lost; %d of %d workers had work again, the last after %s; none got 503 for longer than %d ms"
        .formatted(
            items,
            steps.size(),
            repeats.get(),
            returned,
            quarantined,
            items - ended.size(),
            again.size(),
            size,
            again.values().stream().max(Duration::compareTo).orElse(Duration.ZERO),
            longestRefusedMs.get());
  }

  private String register() {
    Calls calls = new Calls(nodes.get(0).url(), REGISTRATION);
    return ReplayWorker.register(
            calls, "{\"hostname\":\"h\",\"capacity\":20,\"projects\":[\"killed\"]}")
        .id();
  }

  private void work(String worker) {
    try {
      drain(worker);
    } finally {
      ends.release(items); // even if it fails
    }
  }

  private void drain(String worker) {
    while (!closing || ended.size() < items) {
      JsonNode poll = poll(worker);
      List<String> claims = ReplayWorker.claims(poll);
      if (!claims.isEmpty()) {
        again.putIfAbsent(worker, Duration.ofNanos(System.nanoTime() - startedNanos));
      }
      List<String> own =
          claims.stream().filter(id -> report(worker, id, "running").status() == 200).toList();
      for (String id : own) {
        assertThat(accepted.putIfAbsent(id, worker)).as("%s ran before", id).isNull();
        work();
        Answer completed = report(worker, id, "completed");
        assertThat(completed.status()).as(completed.body()).isEqualTo(200);
        assertThat(ended.add(id)).as("%s ended twice", id).isTrue();
        ends.release();
      }
    }
  }

  private void work() {
    try {
      Thread.sleep(closing ? 0 : work.toMillis()); // the agent works
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode poll(String worker) {
    Answer answer =
        answered(
            REGISTRATION,
            calls -> calls.call("GET", "/api/workers/" + worker + "/poll?wait=1", null, Map.of()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private JsonNode read(String path) {
    Answer answer = answered(PRODUCER, calls -> calls.call("GET", path, null, Map.of()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private Answer report(String worker, String id, String status) {
    return answered(
        REGISTRATION,
        calls ->
            new ReplayWorker(calls, worker).any(id, "status", "\"status\":\"" + status + "\""));
  }

  /** Makes a call, against the next node after 503 or a broken connection. */
  private Answer answered(String bearer, Function<Calls, Answer> call) {
    long refusedNanos = 0;
    for (int round = 0; ; round++) {
      int before;
      List<String> urls;
      synchronized (this) {
        before = generation;
        urls = nodes.stream().map(SluiceProcess::url).toList();
      }
      int first = turn.getAndIncrement();
      for (int i = 0; i < urls.size(); i++) {
        String url = urls.get(Math.floorMod(first + i, urls.size()));
        try {
          Answer answer = call.apply(new Calls(url, bearer));
          if (answer.status() != 503) {
            noteRefused(refusedNanos);
            return answer;
          }
          refusedNanos = refusedNanos == 0 ? System.nanoTime() : refusedNanos;
        } catch (UncheckedIOException e) {
          // that was the kill
        }
        repeats.incrementAndGet();
      }
      awaitNext(before, round, refusedNanos != 0);
    }
  }

  private void noteRefused(long sinceNanos) {
    if (sinceNanos != 0) {
      long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
      longestRefusedMs.accumulateAndGet(ms, Math::max);
    }
  }

  private synchronized void awaitNext(int before, int round, boolean refused) {
    try {
      if (nodes.size() > 1) {
        assertThat(round).as("rounds without an answer").isLessThan(ROUNDS);
        wait(RETRY_MS);
      } else if (refused) {
        if (generation == before) {
          wait(RETRY_MS);
        }
      } else {
        while (generation == before) {
          wait();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private SluiceProcess replace(Step step) throws Exception {
    SluiceProcess next = step.next.of(nodes.get(step.node));
    synchronized (this) {
      again.clear();
      startedNanos = System.nanoTime();
      nodes.set(step.node, next);
      generation++;
      notifyAll();
    }
    return next;
  }

  private static String item(int number) {
    return "{\"sessionId\":\"killed-%d\",\"projectName\":\"killed\",\"prompt\":\"p\"}"
        .formatted(number);
  }

  @Override
  public void close() {
    nodes.forEach(SluiceProcess::kill);
  }
}
