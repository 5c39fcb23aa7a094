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
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Sixteen reporting workers drain a queue while the service is replaced: killed or stopped and
 * restarted, or moved to another store. A worker repeats a call until it is answered, as clients
 * do, and forgets an unanswered poll. Beside them a few hold their sessions all the time.
 */
final class KilledFleet implements AutoCloseable {

  private static final int WORKERS = 16;

  /** Ends the service at work, and returns the one that goes on. */
  interface Next {
    SluiceProcess of(SluiceProcess service) throws Exception;
  }

  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Semaphore ends = new Semaphore(0);

  /** Workers that got work since the last start, and after how long. */
  private final Map<String, Duration> again = new ConcurrentHashMap<>();

  private volatile long startedNanos;
  private final int items;
  private SluiceProcess service;
  private int generation;

  /** Enqueues. */
  KilledFleet(SluiceProcess first, int items) {
    this.items = items;
    service = first;
    Calls operator = new Calls(service.url(), PRODUCER);
    for (int from = 0; from < items; from += 500) {
      List<String> some =
          IntStream.range(from, Math.min(from + 500, items)).mapToObj(KilledFleet::item).toList();
      operator.post("/api/work", "{\"items\":[" + String.join(",", some) + "]}");
    }
  }

  /** Drains everything with evenly spread replacements; returns the outcome in words. */
  String drain(List<Next> replacements) throws Exception {
    List<String> workers = IntStream.range(0, WORKERS).mapToObj(i -> register()).toList();
    HeldThroughRestarts held = new HeldThroughRestarts(service.url());
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> loops = new ArrayList<>();
      workers.forEach(worker -> loops.add(threads.submit(() -> work(worker))));
      for (Iterator<Next> next = replacements.iterator(); next.hasNext(); ) {
        ends.acquire(items / (replacements.size() + 1));
        replace(next.next());
        if (next.hasNext()) {
          held.goOn(service.url());
        }
      }
      held.end(service.url());
      for (Future<?> loop : loops) {
        loop.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ended).hasSize(items);
    Calls calls = new Calls(service.url(), PRODUCER);
    long quarantined =
        workers.stream()
            .filter(worker -> calls.get("/api/workers/" + worker).has("quarantinedUntil"))
            .count();
    long returned =
        ended.stream()
            .filter(id -> calls.get("/api/work/" + id).at("/attempts").asInt() > 0)
            .count();
    assertThat(quarantined).as("workers in quarantine").isZero();
    return "%d items, %d replacements, %d items of lost answers handed out again, %d quarantined, %d lost; %d of %d workers had work again, the last after %s"
        .formatted(
            items,
            replacements.size(),
            returned,
            quarantined,
            items - ended.size(),
            again.size(),
            WORKERS,
            again.values().stream().max(Duration::compareTo).orElse(Duration.ZERO));
  }

  private String register() {
    Calls calls = new Calls(service.url(), REGISTRATION);
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
    while (ended.size() < items) {
      JsonNode poll = poll(worker);
      List<String> claims = ReplayWorker.claims(poll);
      if (!claims.isEmpty()) {
        again.putIfAbsent(worker, Duration.ofNanos(System.nanoTime() - startedNanos));
      }
      for (String id : claims) {
        Answer running = report(worker, id, "running");
        if (running.status() == 200 && report(worker, id, "completed").status() == 200) {
          assertThat(ended.add(id)).as("%s ended twice", id).isTrue();
          ends.release();
        }
      }
    }
  }

  private JsonNode poll(String worker) {
    Answer answer =
        answered(
            calls -> calls.call("GET", "/api/workers/" + worker + "/poll?wait=1", null, Map.of()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private Answer report(String worker, String id, String status) {
    return answered(
        calls ->
            new ReplayWorker(calls, worker).any(id, "status", "\"status\":\"" + status + "\""));
  }

  /** Makes a call, against the next process after a kill or a stop. */
  private Answer answered(Function<Calls, Answer> call) {
    while (true) {
      int before;
      String url;
      synchronized (this) {
        before = generation;
        url = service.url();
      }
      try {
        Answer answer = call.apply(new Calls(url, REGISTRATION));
        if (answer.status() != 503) {
          return answer;
        }
      } catch (UncheckedIOException e) {
        // that was the kill
      }
      awaitNext(before);
    }
  }

  private synchronized void awaitNext(int before) {
    try {
      while (generation == before) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void replace(Next replacement) throws Exception {
    SluiceProcess next = replacement.of(service);
    synchronized (this) {
      again.clear();
      startedNanos = System.nanoTime();
      service = next;
      generation++;
      notifyAll();
    }
  }

  private static String item(int number) {
    return "{\"sessionId\":\"killed-%d\",\"projectName\":\"killed\",\"prompt\":\"p\"}"
        .formatted(number);
  }

  @Override
  public void close() {
    service.kill();
  }
}
