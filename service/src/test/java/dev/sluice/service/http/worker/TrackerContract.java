package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers without a tracker of their own: docs/protocol.md, "Issues of a worker". */
public abstract class TrackerContract {

  private final String tag = "tracker-" + System.nanoTime();
  private final String session = tag + "-1";
  private final String issue = "ISSUE-" + tag;
  private TestWorker worker;

  protected abstract SluiceServer server();

  @BeforeEach
  void claim() {
    server()
        .enqueue(
            """
            {"sessionId":"%s","issueIdentifier":"%s","issueId":"%s-uuid","title":"Fix it",
             "prompt":"Fix the parser","projectName":"%s","priority":2}"""
                .formatted(session, issue, tag, tag));
    worker = register(tag);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
  }

  private TestWorker register(String project) {
    Answer registered =
        server()
            .post(
                "/api/workers/register",
                REGISTRATION_TOKEN,
                "{\"hostname\":\"h\",\"projects\":[\"%s\"]}".formatted(project));
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private Answer call(@Nullable String bearer, String method, String... args) {
    String list = String.join(",", List.of(args).stream().map(TrackerContract::quoted).toList());
    String body = "{\"method\":\"" + method + "\",\"args\":[" + list + "]}";
    return server().post("/api/issue-tracker-proxy", bearer, body);
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private JsonNode data(String bearer, String method, String... args) {
    Answer answer = call(bearer, method, args);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode json = StrictJson.read(answer);
    assertThat(json.at("/success").asBoolean()).isTrue();
    return json.at("/data");
  }

  private void refused(int status, String code, Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    JsonNode json = StrictJson.read(answer);
    assertThat(json.at("/success").asBoolean()).isFalse();
    assertThat(json.at("/error/code").asText()).isEqualTo(code);
    assertThat(json.at("/error/message").asText()).isNotEmpty();
    assertThat(json.at("/error/retryable").isBoolean()).isTrue();
  }

  @Test
  void theIssueIsTheWork() {
    for (String bearer : List.of(worker.token(), REGISTRATION_TOKEN)) {
      for (String name : List.of(session, issue)) {
        JsonNode found = data(bearer, "getIssue", name);

        assertThat(found.at("/id").asText()).isEqualTo(session);
        assertThat(found.at("/identifier").asText()).isEqualTo(issue);
        assertThat(found.at("/title").asText()).isEqualTo("Fix it");
        assertThat(found.at("/description").asText()).isEqualTo("Fix the parser");
        assertThat(found.at("/url").asText()).endsWith("/admin/sessions/" + session);
        assertThat(found.at("/priority").asInt()).isEqualTo(2);
        assertThat(found.at("/state/type").asText()).isEqualTo("started");
        assertThat(found.at("/labels").isArray()).isTrue();
        assertThat(found.at("/project/name").asText()).isEqualTo(tag);
        assertThat(found.at("/createdAt").asText()).contains("T");
      }
      assertThat(data(bearer, "isChildIssue", session).asBoolean()).isFalse();
      assertThat(data(bearer, "isParentIssue", issue).asBoolean()).isFalse();
    }
    assertThat(data(worker.token(), "getIssue", tag + "-uuid").at("/id").asText())
        .isEqualTo(session);
  }

  @Test
  void statusesAndCommentsAreKeptAsActivities() {
    JsonNode updated = data(REGISTRATION_TOKEN, "updateIssueStatus", session, "In Progress");
    assertThat(updated.at("/state/name").asText()).isEqualTo("In Progress");
    JsonNode comment = data(worker.token(), "createComment", issue, "Half of it is \"done\"");
    assertThat(comment.at("/body").asText()).isEqualTo("Half of it is \"done\"");
    assertThat(comment.at("/id").asText()).isNotEmpty();

    JsonNode kept =
        server().get("/api/public/session-activities?sessionId=" + session, API_KEY).json();
    assertThat(kept.toString()).contains("In Progress").contains("Half of it is");
    assertThat(data(worker.token(), "getIssue", issue).at("/state/name").asText())
        .isEqualTo("In Progress");
  }

  @Test
  void theEndIsToldToTheTrackerToo() {
    worker.report(session, "running");
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);

    JsonNode ended = data(REGISTRATION_TOKEN, "updateIssueStatus", session, "Finished");

    assertThat(ended.at("/state/type").asText()).isEqualTo("completed");
    assertThat(data(worker.token(), "createComment", session, "It works").at("/body").asText())
        .isEqualTo("It works");
  }

  @Test
  void onlyTheWorkersOfASessionHaveItsIssue() {
    TestWorker stranger = register(tag);

    for (String name : List.of(session, issue, tag + "-uuid", "unknown")) {
      refused(404, "NOT_FOUND", call(stranger.token(), "getIssue", name));
      refused(404, "NOT_FOUND", call(stranger.token(), "createComment", name, "c"));
    }
    refused(403, "FORBIDDEN", call(API_KEY, "getIssue", session));
    refused(401, "INVALID_CREDENTIAL", call("rsk_live_unknown", "getIssue", session));
    refused(401, "INVALID_CREDENTIAL", call(null, "getIssue", session));
    worker.report(session, "completed");
  }

  @Test
  void otherMethodsAndShapesAreRefused() {
    for (String method : List.of("createIssue", "getSubIssueGraph", "getViewer", "nonsense")) {
      refused(404, "NOT_SUPPORTED", call(worker.token(), method, session));
    }
    for (String body :
        List.of(
            "{}",
            "[]",
            "{\"method\":1}",
            "{\"method\":\"getIssue\"}",
            "{\"method\":\"getIssue\",\"args\":{}}",
            "{\"method\":\"getIssue\",\"args\":[null]}",
            "{\"method\":\"getIssue\",\"args\":[{\"id\":1}]}",
            "{\"method\":\"getIssue\",\"args\":[\"a\\u0000b\"]}",
            "{\"method\":\"createComment\",\"args\":[\"" + session + "\"]}",
            "{\"method\":\"createComment\",\"args\":[\"" + session + "\",\"\"]}")) {
      Answer answer = server().post("/api/issue-tracker-proxy", worker.token(), body);
      refused(400, body.equals("[]") ? "MALFORMED_BODY" : "INVALID_FIELD", answer);
    }
    String text = "x".repeat(65_537);
    refused(413, "TOO_LARGE", call(worker.token(), "createComment", session, text));
    String large = "x".repeat(2_000_000);
    refused(413, "TOO_LARGE", call(worker.token(), "createComment", session, large));
    worker.report(session, "completed");
  }
}
