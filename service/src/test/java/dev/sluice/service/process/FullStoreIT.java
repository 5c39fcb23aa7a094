package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with a small heap takes work up to its limit, stays healthy, and starts again with the
 * same heap and all of the work.
 */
class FullStoreIT {

  private static final String LARGE = "x".repeat(1_000_000);
  private static final int REGISTRATIONS = 235;
  private static final int LISTS_AT_ONCE = 4;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path directory;

  @Test
  void aSmallHeapRefusesBeforeItIsFullAndStartsAgain() throws Exception {
    int taken = 0;
    String worker;
    try (SluiceProcess sluice = start()) {
      worker = new FleetCalls(sluice.url()).register("default", 3);
      while (taken < 147 && enqueue(sluice, taken) == 201) {
        taken++;
      }
      assertThat(taken).isBetween(20, 146);
      assertThat(enqueue(sluice, taken)).isEqualTo(429);
      for (int n = 0; n < REGISTRATIONS; n++) {
        assertThat(register(sluice)).isBetween(400, 499);
      }
      assertFit(sluice);
    }
    try (SluiceProcess sluice = start()) {
      assertFit(sluice);
      FleetCalls calls = new FleetCalls(sluice.url());
      List<String> all = IntStream.range(0, taken).mapToObj(n -> "full-" + n).toList();
      assertThat(calls.waiting("default", 200)).containsExactlyInAnyOrderElementsOf(all);
      listAtOnce(calls, taken);
      assertThat(enqueue(sluice, taken)).isEqualTo(429);
      // an answer has no room for a third of this size
      assertThat(calls.poll(worker).at("/claimedSessionIds")).hasSize(2);
      assertFit(sluice);
    }
  }

  /** Several lists at a time that read the items. */
  private static void listAtOnce(FleetCalls calls, int taken) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(LISTS_AT_ONCE);
    try {
      List<Future<Integer>> listed = new ArrayList<>();
      for (int n = 0; n < LISTS_AT_ONCE; n++) {
        listed.add(callers.submit(() -> calls.sessions(200)));
      }
      for (Future<Integer> each : listed) {
        assertThat(each.get(1, TimeUnit.MINUTES)).isEqualTo(taken);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private SluiceProcess start() {
    Map<String, String> environment = new HashMap<>(FleetCalls.ENVIRONMENT);
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
    return SluiceProcess.start(directory, environment, "backend.type=embedded");
  }

  private void assertFit(SluiceProcess sluice) throws IOException, InterruptedException {
    assertThat(sluice.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
    assertThat(get("http://127.0.0.1:" + sluice.adminPort() + "/ready", null)).isEqualTo(200);
  }

  private int enqueue(SluiceProcess sluice, int n) throws IOException, InterruptedException {
    String item = "{\"sessionId\":\"full-%d\",\"prompt\":\"%s\"}".formatted(n, LARGE);
    return post(sluice.url() + "/api/work", FleetCalls.PRODUCER, item);
  }

  /** Three lists of a thousand names of 250 bytes. */
  private int register(SluiceProcess sluice) throws IOException, InterruptedException {
    StringBuilder names = new StringBuilder("\"" + "n".repeat(250) + "\"");
    for (int n = 1; n < 1_000; n++) {
      names.append(",\"").append("n".repeat(245)).append(10_000 + n).append('"');
    }
    String body =
        "{\"hostname\":\"h\",\"capacity\":1,\"projects\":[%s],\"projectIds\":[%s],\"capabilities\":[%s]}"
            .formatted(names, names, names);
    return post(sluice.url() + "/api/workers/register", FleetCalls.REGISTRATION, body);
  }

  private int get(String url, @Nullable String bearer) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private int post(String url, String bearer, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
