package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.redis.RedisServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plug is pulled on the service while its work stands in Redis: ten times, when 20 to 80 % of
 * 10,000 items were handed out. Every acknowledged item is afterwards completed, claimed or
 * waiting, and none was handed to two workers.
 */
class KillIT {

  private static final int ROUNDS = 10;
  private static final int ITEMS = 10_000;
  private static final int WORKERS = 8;
  private static final String REGISTRATION = "rsk_live_kill_registration_token";
  private static final String PRODUCER = "rsk_live_kill_producer_key";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostWhenTheServiceIsKilled() throws Exception {
    Random random = new Random(20_80);
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      SluiceProcess sluice = start(redis);
      try {
        for (int round = 1; round <= ROUNDS; round++) {
          Round play = new Round("kill-" + round, sluice.url());
          play.enqueue();
          int killAt = ITEMS / 5 + random.nextInt(ITEMS * 3 / 5);
          play.workUntilKilled(sluice, killAt);
          sluice = start(redis);
          play.check(sluice.url(), round);
        }
      } finally {
        sluice.kill();
      }
    }
  }

  private SluiceProcess start(RedisServerProcess redis) {
    return SluiceProcess.start(
        directory,
        Map.of(
            "SLUICE_REGISTRATION_TOKEN", REGISTRATION,
            "SLUICE_API_KEY", PRODUCER,
            "SLUICE_DATA_DIR", "./data"),
        "backend.type=redis",
        "backend.redis.uri=" + redis.uri());
  }

  /** Ten thousand items of one project, their workers, and what became known of them. */
  private final class Round {
    private final String project;
    private final String url;
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, String> handedOut = new ConcurrentHashMap<>();
    private final Set<String> completed = ConcurrentHashMap.newKeySet();
    private final Set<String> twice = ConcurrentHashMap.newKeySet();

    Round(String project, String url) {
      this.project = project;
      this.url = url;
    }

    void enqueue() throws Exception {
      for (int start = 0; start < ITEMS; start += 1_000) {
        StringBuilder items = new StringBuilder("{\"items\":[");
        for (int i = start; i < start + 1_000; i++) {
          items
              .append(i == start ? "" : ",")
              .append("{\"prompt\":\"p\",\"sessionId\":\"")
              .append(project)
              .append('-')
              .append(i)
              .append("\",\"projectName\":\"")
              .append(project)
              .append("\"}");
        }
        for (JsonNode result :
            call(url, "POST", "/api/work", PRODUCER, items.append("]}").toString())
                .at("/results")) {
          assertThat(result.at("/state").asText()).isEqualTo("pending");
          acknowledged.add(result.at("/sessionId").asText());
        }
      }
      assertThat(acknowledged).hasSize(ITEMS);
    }

    /** Polls from all workers, and completes every third item, until the kill cuts them off. */
    void workUntilKilled(SluiceProcess sluice, int killAt) throws Exception {
      AtomicInteger count = new AtomicInteger();
      AtomicBoolean killed = new AtomicBoolean();
      ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
      try {
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
          String worker = register(url);
          workers.add(
              threads.submit(
                  () -> {
                    while (!killed.get()) {
                      try {
                        for (String id : poll(url, worker)) {
                          int number = count.incrementAndGet();
                          if (number == killAt) {
                            killed.set(true);
                            sluice.kill();
                          }
                          if (number % 3 == 0) {
                            complete(url, worker, id);
                          }
                        }
                      } catch (IOException cutOff) {
                        killed.set(true);
                      }
                    }
                    return null;
                  }));
        }
        for (Future<?> worker : workers) {
          worker.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }

    void check(String newUrl, int round) throws Exception {
      int waiting = 0;
      int claimed = 0;
      int done = 0;
      Set<String> toCome = new HashSet<>();
      ConcurrentMap<String, JsonNode> afterwards = new ConcurrentHashMap<>();
      inParallel(
          acknowledged,
          id -> afterwards.put(id, call(newUrl, "GET", "/api/work/" + id, PRODUCER, null)));
      for (String id : acknowledged) {
        JsonNode work = afterwards.get(id);
        switch (work.at("/place").asText()) {
          case "ready" -> {
            waiting++;
            toCome.add(id);
            assertThat(handedOut).as("%s was handed out, yet it waits", id).doesNotContainKey(id);
          }
          case "claimed" -> {
            claimed++;
            String owner = handedOut.get(id);
            assertThat(owner == null || owner.equals(work.at("/workerId").asText()))
                .as("%s is claimed by the worker that was given it", id)
                .isTrue();
          }
          case "ended" -> {
            done++;
            assertThat(work.at("/state").asText()).isEqualTo("completed");
          }
          default -> throw new AssertionError("lost: " + id + " " + work);
        }
        if (completed.contains(id)) {
          assertThat(work.at("/state").asText())
              .as("%s was acknowledged as completed", id)
              .isEqualTo("completed");
        }
      }
      System.out.printf(
          "Kill %d: %d handed out (%d %%), afterwards %d completed, %d claimed (%d of them on their"
              + " way when the plug was pulled), %d waiting%n",
          round,
          handedOut.size(),
          100 * handedOut.size() / ITEMS,
          done,
          claimed,
          claimed + done - handedOut.size(),
          waiting);
      assertThat(waiting + claimed + done).isEqualTo(ITEMS);
      assertThat(handedOut.size()).isBetween(ITEMS / 5, ITEMS * 4 / 5 + 5 * WORKERS);

      String worker = register(newUrl);
      Set<String> rest = new HashSet<>();
      for (List<String> ids = poll(newUrl, worker); !ids.isEmpty(); ids = poll(newUrl, worker)) {
        rest.addAll(ids);
      }
      assertThat(rest).as("what waited, and nothing else, is handed out").isEqualTo(toCome);
      assertThat(twice).as("handed to two workers").isEmpty();
    }

    private String register(String to) throws Exception {
      return call(
              to,
              "POST",
              "/api/workers/register",
              REGISTRATION,
              "{\"hostname\":\"h\",\"capacity\":20000,\"projects\":[\"" + project + "\"]}")
          .at("/workerId")
          .asText();
    }

    private List<String> poll(String to, String worker) throws Exception {
      List<String> ids = new ArrayList<>();
      for (JsonNode id :
          call(to, "GET", "/api/workers/" + worker + "/poll", REGISTRATION, null)
              .at("/claimedSessionIds")) {
        ids.add(id.asText());
        if (handedOut.put(id.asText(), worker) != null) {
          twice.add(id.asText());
        }
      }
      return ids;
    }

    private void complete(String to, String worker, String id) throws Exception {
      JsonNode answer =
          call(
              to,
              "POST",
              "/api/sessions/" + id + "/status",
              REGISTRATION,
              "{\"status\":\"completed\",\"workerId\":\"" + worker + "\"}");
      if (answer.at("/updated").asBoolean()) {
        completed.add(id);
      }
    }
  }

  private static void inParallel(Set<String> ids, Check check) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (String id : ids) {
        all.add(
            threads.submit(
                () -> {
                  check.of(id);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Check {
    void of(String id) throws Exception;
  }

  /**
   * One call. What is answered with 503 may be sent again as it is: that is part of the promise.
   */
  private JsonNode call(String url, String method, String path, String bearer, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    for (int again = 0; response.statusCode() == 503 && again < 20; again++) {
      TimeUnit.SECONDS.sleep(1); // as its Retry-After asks
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    }
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return MAPPER.readTree(response.body());
  }
}
