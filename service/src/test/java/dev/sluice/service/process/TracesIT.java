package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.process.SluiceProcess.Launch;
import dev.sluice.service.traces.CollectorStandIn;
import dev.sluice.service.traces.CollectorStandIn.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar with traces, and without them. */
@Timeout(180)
class TracesIT {

  private static final Map<String, String> SECRETS =
      Map.of(
          "SLUICE_REGISTRATION_TOKEN", SluiceServer.REGISTRATION_TOKEN,
          "SLUICE_API_KEY", SluiceServer.API_KEY);

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir private Path directory;

  @Test
  void withoutAnEndpointNoClassOfOpenTelemetryIsLoaded() throws IOException {
    try (SluiceProcess sluice = start()) {
      run(sluice);
      assertThat(
              send("GET", "http://127.0.0.1:" + sluice.adminPort() + "/metrics", null, null).body())
          .contains("sluice_traced_runs_total{result=\"exported\"} 0");
      sluice.terminate();
    }

    assertThat(loaded()).isEmpty();
    assertThat(Files.readString(log())).contains("dev.sluice.service.SluiceApplication");
  }

  @Test
  void withOneItHasTheRunInTheProducersTrace() throws Exception {
    try (CollectorStandIn collector = new CollectorStandIn();
        SluiceProcess sluice = start("traces.endpoint=" + collector.endpoint())) {
      run(sluice);
      List<Received> spans = collector.await(3);

      assertThat(spans).extracting(Received::traceId).hasSize(3).containsOnly(TRACE);
      assertThat(spans.get(0).parentId()).isEqualTo("00f067aa0ba902b7");
      assertThat(spans.get(0).resource()).containsEntry("service.name", "sluice");
      sluice.terminate();
    }

    assertThat(loaded()).isNotEmpty();
  }

  private SluiceProcess start(String... overrides) {
    Launch logging = Launch.jar().with("-Xlog:class+load:file=" + log());
    return SluiceProcess.start(directory, logging, SECRETS, overrides);
  }

  private Path log() {
    return directory.resolve("classes.log");
  }

  private List<String> loaded() throws IOException {
    return Files.readAllLines(log()).stream()
        .filter(line -> line.contains("io.opentelemetry"))
        .toList();
  }

  private static void run(SluiceProcess sluice) {
    String api = sluice.url() + "/api/";
    send("POST", api + "work", SluiceServer.API_KEY, "{\"sessionId\":\"a\",\"prompt\":\"p\"}");
    Answer worker =
        send(
            "POST",
            api + "workers/register",
            SluiceServer.REGISTRATION_TOKEN,
            "{\"hostname\":\"h\",\"capacity\":1}");
    String id = worker.text("/workerId");
    String token = worker.text("/runtimeToken");
    Answer poll = send("GET", api + "workers/" + id + "/poll", token, null);
    assertThat(poll.text("/work/0/traceparent")).contains(TRACE);
    for (String status : List.of("running", "completed")) {
      send("POST", api + "sessions/a/status", token, "{\"status\":\"" + status + "\"}");
    }
  }

  private static Answer send(String method, String url, String bearer, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    Answer answer = SluiceServer.send(request.build());
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
    return answer;
  }
}
