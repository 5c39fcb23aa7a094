package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Title, repository, branch and model of work, for people. */
public abstract class SubjectContract {

  private static final String MEMBERS =
      "\"title\":\"Fix the flaky test\",\"ref\":\"fix/flaky\",\"repository\":"
          + "\"https://git.example/acme/parser.git\",\"resolvedProfile\":{\"model\":\"opus\"}";

  protected abstract SluiceServer server();

  @Test
  void peopleReadItWhereverWorkIsShown() {
    String id = enqueue(MEMBERS + ",\"prompt\":\"secret\"");
    assertNamed(server().get("/api/work/" + id, API_KEY).json());
    assertNamed(server().get("/api/work?project=" + id, API_KEY).json().at("/work/0"));
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);

    assertNamed(server().get("/api/sessions/" + id, API_KEY).json().at("/session"));
    assertNamed(server().get("/api/sessions/" + id + "/status", API_KEY).json());
    assertNamed(inList(id));
    worker.report(id, "completed");
    assertNamed(inList(id));
    assertNamed(
        server().post("/api/sessions/" + id + "/requeue", API_KEY, "{\"reason\":\"r\"}").json());
    server().delete("/api/work/" + id, API_KEY);
  }

  private JsonNode inList(String id) {
    for (JsonNode session :
        server().get("/api/sessions?limit=1000", API_KEY).json().at("/sessions")) {
      if (session.at("/id").asText().equals(id)) {
        return session;
      }
    }
    throw new AssertionError("no session " + id);
  }

  private static void assertNamed(JsonNode work) {
    assertThat(work.at("/title").asText()).as("%s", work).isEqualTo("Fix the flaky test");
    assertThat(work.at("/repository").asText()).isEqualTo("git.example/acme/parser");
    assertThat(work.at("/branch").asText()).isEqualTo("fix/flaky");
    assertThat(work.at("/model").asText()).isEqualTo("opus");
  }

  @Test
  void aKeyThatMayReadNoPromptReadsIt() {
    String id = enqueue(MEMBERS + ",\"prompt\":\"secret\"");
    String reader =
        server()
            .post(
                "/api/keys",
                API_KEY,
                "{\"name\":\"k\",\"type\":\"user\",\"scopes\":[\"fleet:read\"]}")
            .text("/secret");

    assertNamed(server().get("/api/work/" + id, reader).json());
    Answer status = server().get("/api/sessions/" + id + "/status", reader);
    assertNamed(status.json());
    assertThat(status.body()).doesNotContain("secret");
    server().delete("/api/work/" + id, API_KEY);
  }

  /** A prompt may begin with a secret. */
  @Test
  void aTitleMadeFromThePromptIsForReadersOfPrompts() {
    String id = enqueue("\"prompt\":\"hunter2 is the password\"");
    String reader = key("\"fleet:read\",\"work:write\"");
    String prompts = key("\"fleet:read\",\"work:read\"");

    for (String path :
        List.of(
            "/api/work/" + id,
            "/api/work?project=" + id,
            "/api/sessions/" + id,
            "/api/sessions/" + id + "/status",
            "/api/search?q=" + id)) {
      String body = server().get(path, reader).body();
      assertThat(body).as(path).contains(id).doesNotContain("hunter2");
      assertThat(server().get(path, prompts).body()).as(path).contains("hunter2");
    }
    assertThat(server().get("/api/search?q=hunter2", reader).body()).doesNotContain(id);
    String front = "{\"front\":true}";
    assertThat(server().call("PATCH", "/api/work/" + id, reader, front, Map.of()).body())
        .contains(id)
        .doesNotContain("hunter2");
    server().delete("/api/work/" + id, API_KEY);
  }

  private String key(String scopes) {
    String body = "{\"name\":\"k\",\"type\":\"user\",\"scopes\":[" + scopes + "]}";
    return server().post("/api/keys", API_KEY, body).text("/secret");
  }

  @Test
  void answersToWorkersLackIt() {
    String id = enqueue(MEMBERS + ",\"prompt\":\"p\"");
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);

    for (JsonNode session :
        List.of(
            worker.report(id, "running").json().at("/session"),
            server().get("/api/sessions/" + id + "/status", worker.token()).json(),
            server().get("/api/sessions/" + id, worker.token()).json().at("/session"))) {
      assertThat(session.has("createdAt")).as("%s", session).isTrue();
      for (String member : List.of("title", "repository", "branch", "model")) {
        assertThat(session.has(member)).as("%s", session).isFalse();
      }
    }
    worker.report(id, "completed");
  }

  @Test
  void workWithoutATitleHasTheFirstLineOfItsPrompt() {
    String id =
        enqueue(
            "\"prompt\":\"\\n \\u200b\\r\\n# Fix \\u202ethe\\t\\\"test\\\"\\nThen \\u0041ll.\"");

    JsonNode work = server().get("/api/work/" + id, API_KEY).json();

    assertThat(work.at("/title").asText()).isEqualTo("# Fix the \"test\"");
    for (String member : List.of("repository", "branch", "model")) {
      assertThat(work.has(member)).isFalse();
    }
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void aLongTitleIsCutAndWorkOfABulkHasOne() {
    String id = "subject-" + System.nanoTime();
    server()
        .post(
            "/api/work",
            API_KEY,
            "{\"items\":[{\"sessionId\":\""
                + id
                + "\",\"title\":\""
                + "\ud83d\ude80".repeat(1_000)
                + "\",\"prompt\":\"p\"}]}");

    assertThat(server().get("/api/work/" + id, API_KEY).json().at("/title").asText())
        .isEqualTo("\ud83d\ude80".repeat(49) + "\u2026");
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void aTaskHasTheFirstLineOfItsDescription() {
    String issue = "subject-" + System.nanoTime();
    String id =
        server()
            .post(
                "/api/mcp/submit-task",
                API_KEY,
                "{\"issueId\":\"" + issue + "\",\"description\":\"Fix it\\nsoon\"}")
            .text("/taskId");

    assertThat(server().get("/api/work/" + id, API_KEY).text("/title")).isEqualTo("Fix it");
    server().delete("/api/work/" + id, API_KEY);
  }

  private String enqueue(String members) {
    String id = "subject-" + System.nanoTime();
    server()
        .enqueue("{\"sessionId\":\"" + id + "\",\"projectName\":\"" + id + "\"," + members + "}");
    return id;
  }
}
