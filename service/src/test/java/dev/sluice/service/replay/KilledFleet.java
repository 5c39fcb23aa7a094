package dev.sluice.service.replay;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.process.SluiceProcess;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Sixteen reporting workers drain a queue while the service is killed and restarted. A worker
 * repeats a call until it is answered, as clients do, and forgets an unanswered poll.
 */
final class KilledFleet implements AutoCloseable {

  private static final int WORKERS = 16;

  private final Supplier<SluiceProcess> processes;
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Semaphore ends = new Semaphore(0);
  private final int items;
  private SluiceProcess service;
  private int generation;

  /**
   * Starts the first process and enqueues.
   *
   * @param processes one at each call, on the same store
   */
  KilledFleet(Supplier<SluiceProcess> processes, int items) {
    this.processes = processes;
    this.items = items;
    service = processes.get();
    Calls operator = new Calls(service.url(), API_KEY);
    for (int from = 0; from < items; from += 500) {
      List<String> some =
          IntStream.range(from, Math.min(from + 500, items)).mapToObj(KilledFleet::item).toList();
      operator.post("/api/work", "{\"items\":[" + String.join(",", some) + "]}");
    }
  }

  /** Drains everything with evenly spread kills; returns the outcome in words. */
  String drain(int kills) throws Exception {
    List<String> workers = IntStream.range(0, WORKERS).mapToObj(i -> register()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> loops = new ArrayList<>();
      workers.forEach(worker -> loops.add(threads.submit(() -> work(worker))));
      for (int kill = 0; kill < kills; kill++) {
        ends.acquire(items / (kills + 1));
        restart();
      }
      for (Future<?> loop : loops) {
        loop.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ended).hasSize(items);
    Calls calls = new Calls(service.url(), API_KEY);
    long quarantined =
        workers.stream()
            .filter(worker -> calls.get("/api/workers/" + worker).has("quarantinedUntil"))
            .count();
    long returned =
        ended.stream()
            .filter(id -> calls.get("/api/work/" + id).at("/attempts").asInt() > 0)
            .count();
    assertThat(quarantined).as("workers in quarantine").isZero();
    return "%d items, %d kills, %d items of lost answers handed out again, %d quarantined, %d lost"
        .formatted(items, kills, returned, quarantined, items - ended.size());
  }

  private String register() {
    Calls calls = new Calls(service.url(), REGISTRATION_TOKEN);
    return ReplayWorker.register(
            calls, "{\"hostname\":\"h\",\"capacity\":20,\"projects\":[\"killed\"]}")
        .id();
  }

  private void work(String worker) {
    while (ended.size() < items) {
      JsonNode poll = answered(calls -> poll(calls, worker));
      for (String id : ReplayWorker.claims(poll)) {
        Answer running = report(worker, id, "running");
        if (running.status() == 200 && report(worker, id, "completed").status() == 200) {
          assertThat(ended.add(id)).as("%s ended twice", id).isTrue();
          ends.release();
        }
      }
    }
  }

  private static JsonNode poll(Calls calls, String worker) {
    return calls.get("/api/workers/" + worker + "/poll?wait=1");
  }

  private Answer report(String worker, String id, String status) {
    return answered(
        calls ->
            new ReplayWorker(calls, worker).any(id, "status", "\"status\":\"" + status + "\""));
  }

  /** Makes a call, against the next process after a kill. */
  private <T> T answered(Function<Calls, T> call) {
    while (true) {
      int before;
      String url;
      synchronized (this) {
        before = generation;
        url = service.url();
      }
      try {
        return call.apply(new Calls(url, REGISTRATION_TOKEN));
      } catch (UncheckedIOException e) {
        awaitNext(before);
      }
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

  private void restart() {
    service.kill();
    SluiceProcess next = processes.get();
    synchronized (this) {
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
