package dev.sluice.service.http.protocol;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Go's decoder ignores the case of names, and newer builds reject a whole poll for one repeated
 * member: no answer may repeat a member or hold two that differ by case only.
 */
abstract class StrictDecodingContract {

  protected abstract SluiceServer server();

  @Test
  void everyAnswerOfASessionsLifeIsReadTheSameByAll() {
    String tag = "strict-" + System.nanoTime();
    String session = "/api/sessions/" + tag;
    String item =
        "{\"prompt\":\"p\",\"sessionId\":\"" + tag + "\",\"projectName\":\"" + tag + "\"}";
    List<Answer> answers = new ArrayList<>();
    answers.add(server().post("/api/work", API_KEY, item));
    answers.add(server().post("/api/work", API_KEY, item));
    answers.add(server().post("/api/work", API_KEY, "{\"items\":[" + item + ",{},7]}"));
    answers.add(server().get("/api/work/" + tag, API_KEY));
    String registration = "{\"hostname\":\"h\",\"pid\":1,\"projects\":[\"" + tag + "\"]}";
    answers.add(server().post("/api/workers/register", REGISTRATION_TOKEN, registration));
    TestWorker worker = server().register(registration);
    String self = "/api/workers/" + worker.id();
    answers.add(server().post(self + "/refresh-token", REGISTRATION_TOKEN, ""));
    answers.add(worker.poll());
    answers.add(worker.heartbeat(1));
    answers.add(server().get(self, worker.token()));
    answers.add(server().get(session + "/status", worker.token()));
    answers.add(server().post(session + "/nack", worker.token(), "{}"));
    answers.add(server().post(session + "/nack", worker.token(), "{}"));
    TestWorker other = server().register(registration);
    answers.add(other.poll());
    answers.add(
        server()
            .post(
                session + "/status",
                other.token(),
                "{\"status\":\"running\",\"error\":{\"a\":[{\"b\":1}]},\"totalCostUsd\":0.5}"));
    for (String told :
        List.of(
            "progress {\"message\":\"m\",\"milestone\":\"tests\"}",
            "activity {\"type\":\"action\",\"content\":\"c\",\"toolName\":\"Bash\"}",
            "completion {\"summary\":\"s\"}",
            "tool-error {\"toolName\":\"Bash\",\"errorMessage\":\"e\"}",
            "external-urls {\"externalUrls\":[{\"label\":\"l\",\"url\":\"https://a.example\"}]}",
            "security-scan {\"event\":{}}",
            "lock-refresh {}")) {
      String[] part = told.split(" ", 2);
      answers.add(server().post(session + "/" + part[0], other.token(), part[1]));
    }
    String job = "{\"batchJobId\":\"" + tag + "\",\"workType\":\"any\"}";
    answers.add(server().post("/api/batch-work", API_KEY, job));
    answers.add(server().post("/api/batch-work", API_KEY, job));
    answers.add(server().post("/api/batch-work", API_KEY, "{\"jobs\":[" + job + ",{},7]}"));
    answers.add(server().get("/api/batch-work/" + tag, API_KEY));
    answers.add(server().get(session + "/status", other.token()));
    Answer sent =
        server().post(session + "/inbox", API_KEY, "{\"type\":\"nudge\",\"payload\":\"\"}");
    answers.add(sent);
    answers.add(other.poll());
    answers.add(
        server()
            .post(
                session + "/inbox/ack",
                other.token(),
                "{\"messageId\":\"" + sent.text("/id") + "\",\"lane\":\"normal\"}"));
    answers.add(server().post(session + "/stop", API_KEY, ""));
    answers.add(other.report(tag, "stopped"));
    answers.add(server().get("/api/work/" + tag, API_KEY));
    answers.add(server().delete("/api/work/" + tag, API_KEY));
    answers.add(server().delete(self, worker.token()));
    for (Answer answer : answers) {
      assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
      StrictJson.read(answer);
    }
  }

  @Test
  void everyErrorHasTheOneShapeAndItsTextInBothMembers() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    String self = "/api/workers/" + worker.id();
    List<Answer> answers =
        List.of(
            server().post("/api/workers/register", REGISTRATION_TOKEN, "{"),
            server().get(self + "/poll", null),
            server().get(self + "/poll", "stub.a.b.c"),
            server().get("/api/workers/wkr_other/poll", worker.token()),
            server().get("/api/workers/wkr_gone/poll", REGISTRATION_TOKEN),
            server().get("/api/sessions/none/status", worker.token()),
            server().get("/api/no/such/path", worker.token()),
            server().delete("/api/workers/register/x", worker.token()),
            server().call("PUT", self + "/poll", worker.token(), "{}", Map.of()),
            server()
                .call(
                    "POST",
                    self + "/heartbeat",
                    worker.token(),
                    "a",
                    Map.of("Content-Type", "text/plain")));
    for (Answer answer : answers) {
      assertThat(answer.status()).isBetween(400, 415);
      JsonNode error = StrictJson.read(answer);
      assertThat(error.at("/error").asText()).as(answer.body()).isNotEmpty();
      assertThat(error.at("/message")).isEqualTo(error.at("/error"));
    }
  }

  @TestFactory
  Stream<DynamicTest> anItemWithTwoMembersThatDifferByCaseOnlyIsRefused() {
    return Stream.of(
            List.of("SessionID", "{\"prompt\":\"p\",\"SessionID\":\"other\"}"),
            List.of("queuedat", "{\"prompt\":\"p\",\"queuedAt\":1,\"queuedat\":2}"),
            List.of("PROMPT", "{\"prompt\":\"p\",\"PROMPT\":\"q\"}"),
            List.of("Title", "{\"prompt\":\"p\",\"title\":\"a\",\"Title\":\"b\"}"))
        .map(
            bad ->
                dynamicTest(
                    bad.get(0),
                    () -> {
                      Answer answer = server().post("/api/work", API_KEY, bad.get(1));
                      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                      assertThat(answer.text("/field")).isEqualTo(bad.get(0));
                      assertThat(answer.text("/error")).contains("by case only");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> anItemWithARepeatedMemberIsRefused() {
    return Stream.of(
            "{\"prompt\":\"p\",\"prompt\":\"p\"}",
            "{\"prompt\":\"p\",\"env\":{\"A\":\"1\",\"A\":\"1\"}}",
            "{\"prompt\":\"p\",\"mcpServers\":[{\"env\":{\"A\":\"1\",\"\\u0041\":\"1\"}}]}")
        .map(
            bad ->
                dynamicTest(
                    bad,
                    () -> {
                      Answer answer = server().post("/api/work", API_KEY, bad);
                      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                      assertThat(answer.text("/error")).contains("more than once");
                    }));
  }
}
