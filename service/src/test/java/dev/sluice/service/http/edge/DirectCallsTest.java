package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.ApiScene;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls without Jersey get the answers that Jersey gives. */
@Timeout(60)
class DirectCallsTest {

  private static final Set<String> DIRECT =
      Set.of(
          "POST /api/work",
          "POST /api/workers/register",
          "GET /api/workers/{id}/poll",
          "POST /api/workers/{id}/heartbeat",
          "GET /api/sessions/{id}/status",
          "POST /api/sessions/{id}/status",
          "POST /api/sessions/{id}/claim",
          "POST /api/sessions/{id}/lock-refresh",
          "POST /api/sessions/{id}/step-heartbeat",
          "POST /api/sessions/{id}/progress",
          "POST /api/sessions/{id}/activity",
          "POST /api/sessions/{id}/completion",
          "POST /api/sessions/{id}/inbox/ack");

  /** Jetty closes a connection whose body Jersey left unread. */
  private static final Set<String> VARYING = Set.of("date", "content-length", "vary", "connection");

  /** A header in an unusual form, so that Jersey serves the call. */
  private static final Map<String, String> BY_JERSEY = Map.of("Accept", "application/json;q=0.9");

  private static final int TIMES = 20;

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("hazelcast", SluiceServer.ONE_MEMBER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<ApiCall> direct() {
    return ApiCall.ALL.stream().filter(call -> DIRECT.contains(call.toString()));
  }

  @Test
  void allDirectCallsAreInTheTable() {
    assertThat(direct()).hasSameSizeAs(DIRECT);
  }

  @ParameterizedTest
  @MethodSource("direct")
  void answersAsJerseyDoes(ApiCall call) {
    ApiScene scene = new ApiScene(server);
    String path = scene.path(call);
    TestWorker worker = scene.worker();
    String body = ApiCall.fill(call.body(), name -> name.equals("worker") ? worker.id() : "1-1");
    @Nullable String sent = body.isEmpty() ? null : body;
    assertThat(servlet(() -> server.call(call.method(), path, worker.token(), sent, Map.of())))
        .isFalse();
    assertThat(servlet(() -> server.call(call.method(), path, worker.token(), sent, BY_JERSEY)))
        .isTrue();
    for (String who : List.of("owner", "peer", "gone", "stranger", "token", "revoked")) {
      same(call, path, scene.bearer(who), body);
    }
    for (String wrong : List.of("no-credential", API_KEY, REGISTRATION_TOKEN + "x")) {
      same(call, path, wrong, body);
    }
    if (!body.isEmpty()) {
      for (String bad : List.of("{", "[]", "{\"workerId\":5}", "{\"workerId\":\"other\"}", "{}")) {
        same(call, path, scene.worker().token(), bad);
      }
    }
    same(
        call,
        path.replace(call.names("worker") ? scene.worker().id() : "session", "unknown"),
        scene.worker().token(),
        body);
  }

  private static void same(ApiCall call, String path, String bearer, String body) {
    @Nullable String sent = body.isEmpty() ? null : body;
    server.call(call.method(), path, bearer, sent, Map.of()); // so that both are repeats
    Answer direct = server.call(call.method(), path, bearer, sent, Map.of());
    Answer jersey = server.call(call.method(), path, bearer, sent, BY_JERSEY);
    same(path + ' ' + body, direct, jersey);
  }

  private static void same(String call, Answer direct, Answer jersey) {
    assertThat(direct.status()).as(call).isEqualTo(jersey.status());
    assertThat(headers(direct)).isEqualTo(headers(jersey));
    assertThat(names(direct.json())).isEqualTo(names(jersey.json()));
    if (direct.status() >= 400) {
      assertThat(direct.body()).isEqualTo(jersey.body());
    }
  }

  @Test
  void enqueuesAsJerseyDoes() {
    for (String body :
        List.of(
            "{'sessionId':'$','prompt':'p','notBefore':'2099-01-01T00:00:00Z'}",
            "{'items':[{'sessionId':'$','prompt':'p','notBefore':'2099-01-01T00:00:00Z'},{'sessionId':'$b','prompt':''},5]}")) {
      String direct = body.replace('\'', '"').replace("$", "direct-" + body.length());
      String jersey = body.replace('\'', '"').replace("$", "jersey-" + body.length());
      for (String time : List.of("first", "second")) {
        same(time + ' ' + body, enqueue(direct, Map.of()), enqueue(jersey, BY_JERSEY));
      }
    }
    Map<String, String> keyed = Map.of("Idempotency-Key", "k1");
    String one = later("once");
    Answer first = enqueue(one, keyed);
    Answer again =
        enqueue(one, Map.of("Idempotency-Key", "k1", "Accept", "application/json;q=0.9"));
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.body()).contains(first.json().get("sessionId").asText());
    assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
  }

  @Test
  void leavesLargeBodiesToJersey() {
    String large = later("x".repeat(70_000));
    assertThat(servlet(() -> enqueue(later("x"), Map.of()))).isFalse();
    assertThat(servlet(() -> enqueue(large, Map.of()))).isTrue();
  }

  /** No worker of another test gets it. */
  private static String later(String prompt) {
    return "{\"prompt\":\"%s\",\"notBefore\":\"2099-01-01T00:00:00Z\"}".formatted(prompt);
  }

  private static Answer enqueue(String body, Map<String, String> headers) {
    return server.call("POST", "/api/work", API_KEY, body, headers);
  }

  private static boolean servlet(Runnable call) {
    long before = server.servletAnswers();
    for (int i = 0; i < TIMES; i++) {
      call.run();
    }
    return server.servletAnswers() - before > TIMES / 2; // answers are counted a little later
  }

  private static Map<String, List<String>> headers(Answer answer) {
    return answer.headers().map().entrySet().stream()
        .filter(header -> !VARYING.contains(header.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Set<String> names(JsonNode json) {
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: text/html",
        "Accept: application/json;q=0",
        "Content-Type: text/plain",
        "Content-Encoding: gzip"
      })
  void leavesUnusualHeadersToJersey(String header) {
    TestWorker worker = new ApiScene(server).worker();
    int colon = header.indexOf(": ");
    assertThat(
            servlet(
                () ->
                    server.call(
                        "POST",
                        "/api/workers/" + worker.id() + "/heartbeat",
                        worker.token(),
                        "{\"activeCount\":0}",
                        Map.of(header.substring(0, colon), header.substring(colon + 2)))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%70oll", "/poll;a=b", "/poll/", "/../poll", "/poll?wait=%30"})
  void leavesUnusualPathsToJersey(String rest) {
    TestWorker worker = new ApiScene(server).worker();
    assertThat(servlet(() -> server.get("/api/workers/" + worker.id() + rest, worker.token())))
        .isTrue();
  }

  @Test
  void countsInTheMetrics() {
    TestWorker worker = new ApiScene(server).worker();
    double before = ok();
    worker.heartbeat(0);
    worker.heartbeat(0);
    assertThat(ok() - before).isEqualTo(2);
  }

  private static double ok() {
    return Arrays.stream(server.adminGet("/metrics").body().split("\n"))
        .filter(line -> line.startsWith("sluice_http_responses_total{class=\"2xx\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
