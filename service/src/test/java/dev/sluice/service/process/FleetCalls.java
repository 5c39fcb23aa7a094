package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.work.BatchLane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The calls of producers and workers over plain HTTP. */
final class FleetCalls {

  static final String REGISTRATION = "rsk_live_kill_registration_token";
  static final String PRODUCER = "rsk_live_kill_producer_key";

  /** Environment of a service process with these two keys. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SLUICE_REGISTRATION_TOKEN", REGISTRATION,
          "SLUICE_API_KEY", PRODUCER,
          "SLUICE_DATA_DIR", "./data");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String url;
  private int lastLength;

  FleetCalls(String url) {
    this.url = url;
  }

  /** The characters of the last answer. */
  int lastLength() {
    return lastLength;
  }

  void enqueue(String project, List<String> ids) throws IOException, InterruptedException {
    String items =
        ids.stream()
            .map(
                id ->
                    "{\"prompt\":\"p\",\"sessionId\":\"%s\",\"projectName\":\"%s\"}"
                        .formatted(id, project))
            .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    for (JsonNode result : call("POST", "/api/work", PRODUCER, items).at("/results")) {
      assertThat(result.at("/state").asText()).as(result.toString()).isNotEmpty();
    }
  }

  JsonNode work(String id) throws IOException, InterruptedException {
    return call("GET", "/api/work/" + id, PRODUCER, null);
  }

  List<String> waiting(String project, int limit) throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (JsonNode page : pages("/api/work?project=" + project + "&limit=" + limit)) {
      page.at("/work").forEach(each -> ids.add(each.at("/sessionId").asText()));
    }
    return ids;
  }

  int sessions(int limit) throws IOException, InterruptedException {
    return pages("/api/public/sessions?limit=" + limit).stream()
        .mapToInt(page -> page.at("/sessions").size())
        .sum();
  }

  private List<JsonNode> pages(String list) throws IOException, InterruptedException {
    List<JsonNode> pages = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = call("GET", list + cursor, PRODUCER, null);
      pages.add(page);
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return pages;
  }

  boolean knows(String id) throws IOException, InterruptedException {
    HttpResponse<String> response = answer("GET", "/api/work/" + id, PRODUCER, null);
    assertThat(response.statusCode()).as(response.body()).isIn(200, 404);
    return response.statusCode() == 200;
  }

  int pollStatus(String worker) throws IOException, InterruptedException {
    return answer("GET", "/api/workers/" + worker + "/poll", REGISTRATION, null).statusCode();
  }

  String register(String project, int capacity) throws IOException, InterruptedException {
    return call(
            "POST",
            "/api/workers/register",
            REGISTRATION,
            "{\"hostname\":\"h\",\"capacity\":%d,\"projects\":[\"%s\"]}"
                .formatted(capacity, project))
        .at("/workerId")
        .asText();
  }

  /** Registers a snake-case worker that takes jobs. */
  JsonNode registerScanner(String project) throws IOException, InterruptedException {
    return call(
        "POST",
        "/api/workers/register",
        REGISTRATION,
        "{\"hostname\":\"h\",\"max_agents\":2,\"projects\":[\"%s\"],\"capabilities\":[\"%s\"]}"
            .formatted(project, BatchLane.CAPABILITY));
  }

  void addJob(String id) throws IOException, InterruptedException {
    call(
        "POST",
        "/api/batch-work",
        PRODUCER,
        "{\"workType\":\"scan\",\"batchJobId\":\"%s\"}".formatted(id));
  }

  JsonNode job(String id) throws IOException, InterruptedException {
    return call("GET", "/api/batch-work/" + id, PRODUCER, null);
  }

  /** Polls by a runtime token, and waits for nothing. */
  JsonNode poll(String worker, String token) throws IOException, InterruptedException {
    return call("GET", "/api/workers/" + worker + "/poll?wait=0", token, null);
  }

  JsonNode poll(String worker) throws IOException, InterruptedException {
    return call("GET", "/api/workers/" + worker + "/poll", REGISTRATION, null);
  }

  /**
   * True if this call ended it.
   *
   * @param token of the claim
   */
  boolean complete(String worker, String id, long token) throws IOException, InterruptedException {
    return call(
            "POST",
            "/api/sessions/" + id + "/status",
            REGISTRATION,
            "{\"status\":\"completed\",\"workerId\":\"%s\"}".formatted(worker),
            "X-Sluice-Claim",
            String.valueOf(token))
        .at("/updated")
        .asBoolean();
  }

  String send(String id, String payload) throws IOException, InterruptedException {
    return call(
            "POST",
            "/api/sessions/" + id + "/inbox",
            PRODUCER,
            "{\"type\":\"nudge\",\"payload\":\"%s\"}".formatted(payload))
        .at("/id")
        .asText();
  }

  void ack(String id, String messageId) throws IOException, InterruptedException {
    call(
        "POST",
        "/api/sessions/" + id + "/inbox/ack",
        REGISTRATION,
        "{\"messageId\":\"%s\",\"lane\":\"normal\"}".formatted(messageId));
  }

  /**
   * Makes a call that must succeed.
   *
   * @throws IOException if the connection is cut off
   */
  private JsonNode call(String method, String path, String bearer, String body, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> response = answer(method, path, bearer, body, headers);
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, response.body())
        .isBetween(200, 299);
    lastLength = response.body().length();
    return MAPPER.readTree(response.body());
  }

  /** Makes a call and repeats it after a 503, which is promised to be safe. */
  private HttpResponse<String> answer(
      String method, String path, String bearer, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder building =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      building.headers(headers);
    }
    HttpRequest request = building.build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    for (int again = 0; response.statusCode() == 503 && again < 20; again++) {
      TimeUnit.SECONDS.sleep(1); // as its Retry-After asks
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    }
    return response;
  }
}
