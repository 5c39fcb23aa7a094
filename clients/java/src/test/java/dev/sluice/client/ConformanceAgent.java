package dev.sluice.client;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Carries out the verbs of clients/conformance by this library: reads one as JSON from each line of
 * standard input, and prints its result.
 */
public final class ConformanceAgent {

  private final Sluice sluice;
  private final String url;
  private final String token;
  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private final Map<String, Session> latest = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> releases = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> reaped = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Map<String, Object>> workerEnded = new CompletableFuture<>();

  private ConformanceAgent(String url, String key, String token) {
    this.sluice = new Sluice(url, key);
    this.url = url;
    this.token = token;
  }

  public static void main(String[] args) throws Exception {
    ConformanceAgent agent = new ConformanceAgent(args[0], args[1], args[2]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Object result;
      try {
        result = agent.carryOut(Json.readObject(line));
      } catch (SluiceException e) {
        result = failed(e);
      }
      out.println(Json.write(result));
    }
    System.exit(0);
  }

  private static Map<String, Object> failed(SluiceException e) {
    return Map.of("failed", Map.of("status", e.status(), "code", e.code(), "field", e.field()));
  }

  private Object carryOut(Map<String, Object> verb) throws Exception {
    String id = Json.text(verb, "id");
    return switch (Json.text(verb, "do")) {
      case "enqueue" -> sluice.enqueue(Json.object(verb, "item"));
      case "enqueueAll" -> Map.of("results", sluice.enqueueAll(items(verb)));
      case "enqueueMany" -> enqueueMany(verb);
      case "enqueueBatch" ->
          verb.containsKey("key")
              ? sluice.enqueueBatch(items(verb), Json.text(verb, "key"))
              : sluice.enqueueBatch(items(verb));
      case "getBatch" -> sluice.getBatch(id);
      case "waitForBatch" -> sluice.waitForBatch(id);
      case "waitForEnd" -> sluice.waitForEnd(id);
      case "followUntilRunning" -> followUntilRunning(id);
      case "send" -> sluice.send(id, Json.text(verb, "type"), Json.text(verb, "payload"));
      case "stop" -> sluice.stop(id, Json.text(verb, "reason"));
      case "work" -> work(verb);
      case "waitForRuns" -> waitForRuns(id, Json.number(verb, "runs"));
      case "waitForWorker" -> workerEnded.get();
      case "release" -> release(id);
      case "verify" -> verify(verb);
      default -> throw new IllegalArgumentException(verb.toString());
    };
  }

  private static List<Map<String, Object>> items(Map<String, Object> verb) {
    List<Map<String, Object>> items = new ArrayList<>();
    Json.list(verb, "items").forEach(item -> items.add(Json.object(item)));
    return items;
  }

  private Object enqueueMany(Map<String, Object> verb) throws Exception {
    List<Map<String, Object>> items = new ArrayList<>();
    for (long i = 0; i < Json.number(verb, "count"); i++) {
      items.add(Json.object(verb, "item"));
    }
    return Map.of(
        "accepted",
        sluice.enqueueAll(items).stream().filter(result -> result.containsKey("state")).count());
  }

  private Object followUntilRunning(String id) throws Exception {
    List<String> seen = new ArrayList<>();
    Map<String, Object> end =
        sluice.follow(
            id,
            work -> {
              if (Json.text(work, "state").equals("running")) {
                release(id);
              }
              if (!Json.text(work, "place").equals("ended")) {
                seen.add(Json.text(work, "state"));
              }
            });
    return Map.of("lastSeen", seen.get(seen.size() - 1), "end", end);
  }

  private Object work(Map<String, Object> verb) {
    List<String> adopt = strings(verb, "adopt");
    String machine = Json.text(verb, "machineId");
    Worker.Options options =
        Worker.at(url, verb.containsKey("key") ? Json.text(verb, "key") : token)
            .projects(strings(verb, "projects").toArray(String[]::new))
            .capacity((int) Math.max(1, Json.number(verb, "capacity")))
            .machineId(machine.isEmpty() ? strings(verb, "projects").get(0) : machine)
            .adopt(adopt, reaped::add)
            .refuse(this::refusal)
            .log(System.err::println);
    if (verb.containsKey("drainMs")) {
      options.drainTime(Duration.ofMillis(Json.number(verb, "drainMs")));
    }
    Worker worker = options.build();
    new Thread(
            () -> {
              try {
                worker.run(this::run);
                workerEnded.complete(Map.of("ended", true));
              } catch (SluiceException e) {
                workerEnded.complete(failed(e));
              } catch (Exception e) {
                workerEnded.completeExceptionally(e);
              }
            })
        .start();
    return Map.of();
  }

  private static List<String> strings(Map<String, Object> verb, String name) {
    return Json.list(verb, name).stream().map(String::valueOf).toList();
  }

  private Optional<String> refusal(Map<String, Object> item) {
    return item.containsKey("refuse") && refused.add(Json.text(item, "sessionId"))
        ? Optional.of(Json.text(item, "refuse"))
        : Optional.empty();
  }

  private Outcome run(Session session) throws Exception {
    latest.put(session.id(), session);
    runs.merge(session.id(), 1, Integer::sum);
    String prompt = Json.text(session.item(), "prompt");
    switch (Json.text(session.item(), "then")) {
      case "complete":
        session.progress("Saying hello");
        session.activity("thought", "Hello is a greeting");
        return Outcome.completed("Said hello").with("totalCostUsd", 0.25);
      case "echo":
        return Outcome.completed(prompt);
      case "fail":
        return Outcome.failed("No luck");
      case "message":
        String payload = session.nextMessage(Duration.ofMinutes(1)).orElseThrow().payload();
        releaseOf(session.id()).acquire();
        return Outcome.completed(payload);
      case "hold":
        releaseOf(session.id()).acquire();
        return Outcome.completed("Released");
      case "endOnDrain":
        while (!session.draining()) {
          Thread.sleep(20);
        }
        return Outcome.completed("Drained");
      default:
        throw new IllegalStateException("Boom");
    }
  }

  private Semaphore releaseOf(String id) {
    return releases.computeIfAbsent(id, each -> new Semaphore(0));
  }

  private Object release(String id) {
    releaseOf(id).release();
    return Map.of();
  }

  private Object waitForRuns(String id, long count) throws InterruptedException {
    while (runs.getOrDefault(id, 0) < count) {
      Thread.sleep(20);
    }
    Map<String, Object> result = new HashMap<>();
    result.put("runs", runs.get(id));
    result.put("adopted", latest.get(id).adopted());
    result.put("prompt", latest.get(id).item().get("prompt"));
    result.put("reaped", reaped);
    return result;
  }

  private static Object verify(Map<String, Object> verb) {
    return Map.of(
        "valid",
        Webhook.verify(
            Json.text(verb, "secret"),
            Json.text(verb, "id"),
            Json.text(verb, "timestamp"),
            Json.text(verb, "signature"),
            Json.text(verb, "body").getBytes(StandardCharsets.UTF_8),
            Instant.ofEpochSecond(Json.number(verb, "now"))));
  }
}
