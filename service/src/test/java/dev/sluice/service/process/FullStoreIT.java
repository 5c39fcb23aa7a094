package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with a small heap takes work until it may take no more, stays healthy, and starts again
 * with the same heap and all that it took.
 */
class FullStoreIT {

  private static final String LARGE = "x".repeat(1_000_000);
  private static final int REGISTRATIONS = 235;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path directory;

  @Test
  void aSmallHeapRefusesBeforeItIsFullAndStartsAgain() throws Exception {
    int taken = 0;
    try (SluiceProcess sluice = start()) {
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
      for (int n = 0; n < taken; n++) {
        assertThat(get(sluice.url() + "/api/work/full-" + n, FleetCalls.PRODUCER)).isEqualTo(200);
      }
      assertThat(enqueue(sluice, taken)).isEqualTo(429);
    }
  }

  private SluiceProcess start() {
    Map<String, String> environment = new HashMap<>(FleetCalls.ENVIRONMENT);
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
    return SluiceProcess.start(directory, environment, "backend.type=hazelcast");
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
