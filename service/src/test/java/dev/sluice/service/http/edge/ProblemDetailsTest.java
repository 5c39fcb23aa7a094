package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.RawCall;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in the form of RFC 9457. */
class ProblemDetailsTest {

  private static final Map<String, String> BOTH =
      Map.of("Accept", "application/json, application/problem+json");
  private static final List<String> OF_THE_FORM = List.of("type", "title", "status", "detail");

  private static SluiceServer server;
  private static TestWorker worker;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("embedded");
    worker = server.register("{\"hostname\":\"h\"}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anErrorHasTheMembersOfTheForm() {
    Answer answer = requireProblem("GET", "/api/work/none", API_KEY, null, 404);
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"Session not found\",\"error\":\"Session not found\","
                + "\"message\":\"Session not found\",\"code\":\"session-not-found\"}");
  }

  @Test
  void everyKindOfErrorHasTheForm() {
    requireProblem("GET", "/api/me", null, null, 401);
    requireProblem("POST", "/api/work", API_KEY, "{\"priority\":0,\"prompt\":\"x\"}", 400);
    requireProblem("POST", "/api/work", API_KEY, "{", 400);
    requireProblem("POST", "/api/work", worker.token(), "{\"prompt\":\"x\"}", 403);
    requireProblem("GET", "/api/nothing", API_KEY, null, 404);
    requireProblem("GET", "/api/agents", API_KEY, null, 404);
    requireProblem("DELETE", "/api/work", API_KEY, null, 405);
    requireProblem("GET", "/api/sessions/none/prompts", API_KEY, null, 410);
  }

  /** Polls, heartbeats and reports pass no filter. */
  @Test
  void callsOfWorkersHaveTheForm() {
    requireProblem("GET", "/api/workers/none/poll?wait=0", worker.token(), null, 403);
    requireProblem("GET", "/api/workers/none/poll?wait=0", API_KEY, null, 403);
    String report = "{\"workerId\":\"" + worker.id() + "\",\"status\":\"running\"}";
    requireProblem("POST", "/api/sessions/none/status", worker.token(), report, 404);
    requireProblem("POST", "/api/sessions/none/status", worker.token(), "{}", 404);
  }

  /** No resource sees it. */
  @Test
  void anErrorOfTheServerHasTheForm() {
    RawCall call = RawCall.send(server.url(), "GET", "/api/x;y/..;/z", "sluice", BOTH);
    assertThat(call.status()).isEqualTo(400);
    assertThat(call.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(call.body())
        .startsWith("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "application/json",
        "application/json, text/plain, */*",
        "application/problem+json;q=0, */*",
        "application/json, application/problem+json;q=0.5",
        "text/html, application/problem+xml, */*;q=0.8"
      })
  void othersGetTheErrorAsItWas(String accept) {
    for (Map<String, String> headers :
        List.of(Map.<String, String>of(), Map.of("Accept", accept))) {
      Answer answer = server.call("GET", "/api/work/none", API_KEY, null, headers);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":\"Session not found\",\"message\":\"Session not found\","
                  + "\"code\":\"session-not-found\"}");
      answer = server.call("GET", "/api/workers/none/poll?wait=0", worker.token(), null, headers);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.body()).startsWith("{\"error\":");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/problem+json, application/json;q=0.5",
        "Application/Problem+JSON , */*",
        "application/json;q=0.5;v=1, application/problem+json; q=0.5"
      })
  void theFormIsSentToAllThatPreferIt(String accept) {
    Answer answer = server.call("GET", "/api/work/none", API_KEY, null, Map.of("Accept", accept));
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void aSuccessIsNoProblem() {
    Answer answer = server.call("GET", "/api/me", API_KEY, null, BOTH);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  private static Answer requireProblem(
      String method, String path, String bearer, String body, int status) {
    Answer answer = server.call(method, path, bearer, body, BOTH);
    Answer plain = server.call(method, path, bearer, body, Map.of());
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(plain.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode json = answer.json();
    assertThat(json.path("type").asText()).isEqualTo("about:blank");
    assertThat(json.path("title").asText()).isNotEmpty();
    assertThat(json.path("status").asInt()).isEqualTo(status);
    assertThat(json.path("detail")).isEqualTo(json.path("message"));
    assertThat(((ObjectNode) json).remove(OF_THE_FORM)).isEqualTo(plain.json());
    return answer;
  }
}
