package dev.sluice.service.replay;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.process.SluiceProcess;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Four workers poll and complete as fast as they can until the service is killed; then another
 * process on the same store is queried and drained.
 */
final class KilledDrain {

  static final int ISSUES = 100;
  static final int SESSIONS = 300;

  private static final int KILL_AT = 80;

  /** The worker of each session whose poll was answered. */
  final Map<String, String> heard = new ConcurrentHashMap<>();

  /** Sessions with a reported end, answered or not. */
  final Set<String> ending = ConcurrentHashMap.newKeySet();

  final Set<String> ended = ConcurrentHashMap.newKeySet();

  final Map<String, JsonNode> afterwards = new HashMap<>();

  final Map<String, Set<String>> held = new HashMap<>();

  final Map<String, JsonNode> drained = new HashMap<>();

  private final AtomicInteger handedOut = new AtomicInteger();

  /**
   * @param processes one at each call, on the same store
   */
  KilledDrain(Supplier<SluiceProcess> processes) throws Exception {
    List<String> workers = untilKilled(processes.get());
    try (SluiceProcess second = processes.get()) {
      look(second.url(), workers);
      drain(second.url(), workers);
    }
  }

  static String issue(int number) {
    return "killed-" + number;
  }

  static String session(int issue, int number) {
    return issue(issue) + "-" + number;
  }

  private List<String> untilKilled(SluiceProcess process) throws Exception {
    Calls operator = new Calls(process.url(), API_KEY);
    List<String> items = new ArrayList<>();
    for (int number = 0; number < SESSIONS / ISSUES; number++) {
      for (int issue = 0; issue < ISSUES; issue++) {
        items.add(item(issue, number));
      }
    }
    for (JsonNode result :
        operator
            .post("/api/work", "{\"items\":[" + String.join(",", items) + "]}")
            .at("/results")) {
      assertThat(result.at("/state").asText()).isEqualTo("pending");
    }
    List<ReplayWorker> workers =
        IntStream.range(0, 4).mapToObj(i -> worker(process.url(), SESSIONS)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      List<Future<?>> loops = new ArrayList<>();
      for (ReplayWorker worker : workers) {
        loops.add(threads.submit(() -> loop(worker, process)));
      }
      for (Future<?> loop : loops) {
        loop.get();
      }
    } finally {
      threads.shutdownNow();
      process.kill();
    }
    return workers.stream().map(ReplayWorker::id).toList();
  }

  private void loop(ReplayWorker worker, SluiceProcess process) {
    try {
      while (true) { // until the connection breaks
        for (String id : worker.claims()) {
          assertThat(heard.put(id, worker.id())).as("%s was handed out before", id).isNull();
          ending.add(id);
          if (handedOut.incrementAndGet() == KILL_AT) {
            process.kill();
          }
          worker.report(id, "completed");
          ended.add(id);
        }
      }
    } catch (UncheckedIOException e) {
      // that was the kill
    }
  }

  private void look(String url, List<String> workers) {
    Calls operator = new Calls(url, API_KEY);
    for (int issue = 0; issue < ISSUES; issue++) {
      for (int number = 0; number < SESSIONS / ISSUES; number++) {
        String id = session(issue, number);
        afterwards.put(id, operator.get("/api/work/" + id));
      }
    }
    for (String worker : workers) {
      Set<String> ids = new HashSet<>();
      new Calls(url, REGISTRATION_TOKEN)
          .get("/api/workers/" + worker)
          .at("/activeSessions")
          .forEach(id -> ids.add(id.asText()));
      held.put(worker, ids);
    }
  }

  private void drain(String url, List<String> workers) {
    for (String worker : workers) {
      new Calls(url, REGISTRATION_TOKEN).delete("/api/workers/" + worker);
    }
    ReplayWorker heir = worker(url, 2 * SESSIONS);
    while (true) {
      JsonNode poll = heir.poll();
      if (poll.at("/work").isEmpty()) {
        return;
      }
      for (JsonNode item : poll.at("/work")) {
        String id = item.at("/sessionId").asText();
        assertThat(drained.put(id, item)).as("%s was handed out before", id).isNull();
        heir.report(id, "completed");
      }
    }
  }

  private static ReplayWorker worker(String url, int capacity) {
    return ReplayWorker.register(
        new Calls(url, REGISTRATION_TOKEN),
        "{\"hostname\":\"h\",\"capacity\":%d,\"projects\":[\"killed\"]}".formatted(capacity));
  }

  private static String item(int issue, int number) {
    return """
    {"sessionId":"%1$s","issueId":"%2$s","issueIdentifier":"ENG-1","projectName":"killed","prompt":"p",
    "model":"model of %1$s","providerSessionId":"provider-%1$s","sourceSessionId":"source-%1$s",
    "tenantEnvelope":{"jwt":"a.b.%1$s","org":"default"}}\
    """
        .formatted(session(issue, number), issue(issue));
  }
}
