package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of slow connections without a credential, while workers work. The long form ({@code
 * .ci/slow-clients}) holds them for longer than a lease and times workers' calls.
 */
@Timeout(600)
class SlowClientsIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int WORKERS = LONG ? 50 : 10;
  private static final Duration HELD = Duration.ofSeconds(LONG ? 90 : 3);
  private static final Duration TURN = Duration.ofSeconds(LONG ? 12 : 1);
  private static final String HEAP = "-Xmx512m";
  private static final double MOST_LEFT_BYTES = 128e6;
  private static final long MOST_P99_MS = 1_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path directory;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Queue<Long> tookMs = new ConcurrentLinkedQueue<>();
  private final AtomicInteger notReady = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  private interface Crowd {
    void comes(SlowClients slow) throws IOException;
  }

  @Test
  void workersDoNotNotice() throws Exception {
    int share = LONG ? 1 : 6;
    workersDoNotNotice(
        slow -> {
          slow.bodies(300 / share);
          slow.readers(300 / share);
          slow.halfHeaders(400 / share);
          slow.uploads(250 / share);
        });
  }

  /** Their memory would be 784 MB. */
  @Test
  void unfinishedHeadersDoNotFillTheHeap() throws Exception {
    workersDoNotNotice(slow -> slow.tinyFields(8_000));
  }

  private void workersDoNotNotice(Crowd crowd) throws Exception {
    Map<String, String> environment = new HashMap<>(FleetCalls.ENVIRONMENT);
    environment.put("JAVA_TOOL_OPTIONS", HEAP);
    try (SluiceProcess sluice =
        SluiceProcess.start(
            directory,
            environment,
            "timing.lease=60s",
            "limits.itemsPerPoll=1",
            "adminConnector.tasks=true")) {
      FleetCalls fleet = new FleetCalls(sluice.url());
      fleet.enqueue("slow", IntStream.range(0, WORKERS).mapToObj(i -> "s-" + i).toList());
      Map<String, String> owners = new HashMap<>();
      for (int i = 0; i < WORKERS; i++) {
        String worker = fleet.register("slow", 1);
        owners.put(fleet.poll(worker).at("/claimedSessionIds/0").asText(), worker);
      }
      assertThat(owners).hasSize(WORKERS);

      try (SlowClients slow = new SlowClients(sluice.port())) {
        crowd.comes(slow);
        work(sluice, slow, owners);
      }

      assertThat(wrong).isEmpty();
      for (Map.Entry<String, String> each : owners.entrySet()) {
        JsonNode work = fleet.work(each.getKey());
        assertThat(work.at("/place").asText()).as("%s", work).isEqualTo("claimed");
        assertThat(work.at("/workerId").asText()).isEqualTo(each.getValue());
        assertThat(work.at("/attempts").asInt()).isZero();
      }
      assertThat(sluice.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
      while (heapBytes(sluice) > MOST_LEFT_BYTES) {
        assertThat(status("POST", admin(sluice, "/tasks/gc"), "")).isEqualTo(200);
      }
    }
    List<Long> sorted = tookMs.stream().sorted().toList();
    long p99 = sorted.get(sorted.size() * 99 / 100);
    System.out.printf(
        "%d workers' calls in %d s: p50 %d ms, p99 %d ms, longest %d ms; not ready %d times%n",
        sorted.size(),
        HELD.toSeconds(),
        sorted.get(sorted.size() / 2),
        p99,
        sorted.get(sorted.size() - 1),
        notReady.get());
    if (LONG) {
      assertThat(p99).as("p99 in ms").isLessThan(MOST_P99_MS);
      assertThat(notReady.get()).as("/ready said no, and workers were served").isZero();
    }
  }

  private static String admin(SluiceProcess sluice, String path) {
    return "http://127.0.0.1:" + sluice.adminPort() + path;
  }

  private double heapBytes(SluiceProcess sluice) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(admin(sluice, "/metrics"))).GET().build();
    return http.send(request, HttpResponse.BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void work(SluiceProcess sluice, SlowClients slow, Map<String, String> owners)
      throws Exception {
    long end = System.nanoTime() + HELD.toNanos();
    List<Callable<Void>> tasks = new ArrayList<>();
    owners.forEach((session, worker) -> tasks.add(() -> work(sluice, session, worker, end)));
    tasks.add(
        () -> {
          long next = System.nanoTime() + TURN.toNanos();
          while (System.nanoTime() < end) {
            int ready = status("GET", admin(sluice, "/ready"), null);
            if (ready != 200) {
              notReady.incrementAndGet(); // a busy machine may be too slow to tell
            }
            if (System.nanoTime() > next) {
              slow.goOn();
              next = System.nanoTime() + TURN.toNanos();
            }
            TimeUnit.MILLISECONDS.sleep(250); // the pace of a probe
          }
          return null;
        });
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Heartbeats, polls and reports, a round each second. */
  private Void work(SluiceProcess sluice, String session, String worker, long end)
      throws Exception {
    String workers = sluice.url() + "/api/workers/" + worker;
    String report = sluice.url() + "/api/sessions/" + session + "/status";
    while (System.nanoTime() < end) {
      timed("POST", workers + "/heartbeat", "{\"activeCount\":1}");
      timed("GET", workers + "/poll", null);
      timed("POST", report, "{\"status\":\"running\",\"workerId\":\"" + worker + "\"}");
      TimeUnit.SECONDS.sleep(1); // the pace of a worker
    }
    return null;
  }

  private void timed(String method, String url, String body) throws Exception {
    long start = System.nanoTime();
    int status = status(method, url, body);
    tookMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    if (status != 200) {
      wrong.add(method + " " + url + " " + status);
    }
  }

  private int status(String method, String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + FleetCalls.REGISTRATION)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200 && url.endsWith("/poll")) {
        MAPPER.readTree(answer.body());
      }
      return answer.statusCode();
    } catch (IOException e) {
      wrong.add(method + " " + url + " " + e);
      return 0;
    }
  }

  @Test
  void aPausedProcessLosesNoSession() throws Exception {
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, FleetCalls.ENVIRONMENT, "timing.lease=3s")) {
      FleetCalls fleet = new FleetCalls(sluice.url());
      fleet.enqueue("paused", List.of("kept"));
      String worker = fleet.register("paused", 1);
      assertThat(fleet.poll(worker).at("/claimedSessionIds/0").asText()).isEqualTo("kept");
      String pause = "kill -STOP %1$d; sleep 4; kill -CONT %1$d".formatted(sluice.pid());
      assertThat(new ProcessBuilder("sh", "-c", pause).start().waitFor()).isZero();

      JsonNode work = fleet.work("kept");
      assertThat(work.at("/place").asText()).as("%s", work).isEqualTo("claimed");
      assertThat(work.at("/workerId").asText()).isEqualTo(worker);
      fleet.poll(worker);
      assertThat(fleet.work("kept").at("/attempts").asInt()).isZero();
    }
  }
}
