package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.OwnedSession;
import dev.sluice.service.http.Shape;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

public abstract class ActivityContract {

  private static final String URLS =
      "[{\"label\":\"Pull request\",\"url\":\"https://git.example/acme/parser/pull/7\"}]";

  protected abstract SluiceServer server();

  @Test
  void progressIsPosted() {
    OwnedSession session = OwnedSession.of(server());
    JsonNode told = session.done("progress", "{\"message\":\"m\",\"milestone\":\"worktree\"}");
    assertThat(told.at("/posted").isBoolean()).isTrue();
    assertThat(told.at("/posted").asBoolean()).isTrue();
    assertThat(told.at("/milestone").asText()).isEqualTo("worktree");
    JsonNode plain = session.done("progress", "{\"message\":\"m\"}");
    assertThat(plain.at("/posted").asBoolean()).isTrue();
    assertThat(plain.has("milestone")).isFalse();
    for (String none : List.of("{}", "{\"message\":\"\"}", "{\"message\":null}")) {
      refused(session.call("progress", none), "message", "message is required");
    }
  }

  @Test
  void aNestedActivityWithAllItsMembersIsForwarded() {
    OwnedSession session = OwnedSession.of(server());
    JsonNode told =
        session.done(
            "activity",
            "{\"workerId\":\""
                + session.owner().id()
                + "\",\"activity\":{\"type\":\"action\",\"content\":\"Runs the tests\","
                + "\"toolName\":\"Bash\",\"toolInput\":{\"command\":\"mvn verify\"},"
                + "\"toolCategory\":\"shell\",\"toolOutput\":\"ok\",\"toolUseId\":\"tu_1\","
                + "\"isError\":false,\"durationMs\":12.5,\"providerName\":\"p\","
                + "\"timestamp\":\"2026-11-25T08:00:00Z\",\"contextKey\":\"k\","
                + "\"contextValue\":[1,{}]}}");
    assertThat(told.at("/forwarded").asBoolean()).isTrue();
    assertThat(told.at("/linearSessionId").asText()).isEqualTo(session.id());
    assertThat(told.has("reason")).isFalse();
  }

  @TestFactory
  Stream<DynamicTest> aFlatActivityOfEachTypeIsForwarded() {
    return Stream.of("thought", "action", "response", "error", "progress", "context")
        .map(
            type ->
                dynamicTest(
                    type,
                    () -> {
                      JsonNode told =
                          OwnedSession.of(server())
                              .done(
                                  "activity",
                                  "{\"type\":\""
                                      + type
                                      + "\",\"content\":\"c\",\"metadata\":{\"a\":1}}");
                      assertThat(told.at("/forwarded").asBoolean()).isTrue();
                    }));
  }

  @Test
  void anActivityThatIsNoneSaysWhatItNeeds() {
    OwnedSession session = OwnedSession.of(server());
    String required = "activity with type and content is required";
    for (String none :
        List.of(
            "{}",
            "{\"type\":\"thought\"}",
            "{\"content\":\"c\"}",
            "{\"activity\":{}}",
            "{\"activity\":[]}",
            "{\"activity\":\"c\"}",
            "{\"activity\":{\"type\":\"thought\",\"content\":null},\"content\":\"c\"}")) {
      refused(session.call("activity", none), "activity", required);
    }
    String types = "type must be one of: thought, action, response, error, progress, context";
    refused(session.call("activity", "{\"type\":\"x\",\"content\":\"c\"}"), "type", types);
    refused(
        session.call("activity", "{\"activity\":{\"type\":\"completion\",\"content\":\"c\"}}"),
        "activity.type",
        "activity." + types);
    refused(
        session.call("activity", "{\"type\":\"thought\",\"content\":\"\"}"),
        "content",
        "content must not be empty");
    refused(
        session.call("activity", "{\"activity\":{\"type\":\"thought\",\"content\":\"\"}}"),
        "activity.content",
        "activity.content must not be empty");
    refused(
        session.call(
            "activity",
            "{\"activity\":{\"type\":\"thought\",\"content\":\"c\",\"isError\":\"no\"}}"),
        "activity.isError",
        "activity.isError must be a boolean");
    Answer large =
        session.call(
            "activity",
            "{\"activity\":{\"type\":\"thought\",\"content\":\"" + "c".repeat(70_000) + "\"}}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.text("/field")).isEqualTo("activity.content");
    assertThat(session.status().at("/status").asText()).as("nothing was told").isEqualTo("claimed");
    assertThat(session.status().at("/toolCallCount").asInt()).isZero();
  }

  @Test
  void theSessionKnowsItsLatestTool() {
    OwnedSession session = OwnedSession.of(server());
    JsonNode before = session.status();
    assertThat(before.at("/lastToolName").isNull()).isTrue();
    assertThat(before.at("/lastToolCalledAt").isNull()).isTrue();
    assertThat(before.at("/toolCallCount").intValue()).isZero();
    session.done("activity", "{\"type\":\"action\",\"content\":\"c\",\"toolName\":\"Bash\"}");
    session.done(
        "activity", "{\"activity\":{\"type\":\"action\",\"content\":\"c\",\"toolName\":\"Edit\"}}");
    session.done("activity", "{\"type\":\"thought\",\"content\":\"c\"}");
    session.done("tool-error", "{\"toolName\":\"Read\",\"errorMessage\":\"no such file\"}");
    JsonNode after = session.status();
    assertThat(after.at("/lastToolName").asText()).isEqualTo("Edit");
    assertThat(after.at("/toolCallCount").intValue()).isEqualTo(2);
    Shape.of("epoch ms").check(after.at("/lastToolCalledAt"), "lastToolCalledAt");
    assertThat(after.at("/lastToolCalledAt").asLong())
        .isGreaterThanOrEqualTo(after.at("/claimedAt").asLong());
  }

  @Test
  void aCompletionIsOnePartAndTheSessionsSummary() {
    OwnedSession session = OwnedSession.of(server());
    JsonNode told =
        session.done(
            "completion",
            "{\"summary\":\"Fixed \\u0061ll\",\"planItems\":"
                + "[{\"title\":\"t\",\"state\":\"inProgress\"},{\"title\":\"u\",\"state\":\"canceled\"}]}");
    assertThat(told.at("/posted").intValue()).isEqualTo(1);
    assertThat(told.at("/partsPosted").intValue()).isEqualTo(1);
    assertThat(told.at("/totalParts").intValue()).isEqualTo(1);
    assertThat(told.at("/errors")).isEmpty();
    assertThat(told.at("/errors").isArray()).isTrue();
    assertThat(session.status().at("/summary").asText()).isEqualTo("Fixed all");
    refused(session.call("completion", "{}"), "summary", "summary is required");
    refused(session.call("completion", "{\"summary\":\"\"}"), "summary", "summary is required");
    for (String plan :
        List.of("{}", "[7]", "[{\"title\":\"t\"}]", "[{\"title\":\"t\",\"state\":\"done\"}]")) {
      Answer refused = session.call("completion", "{\"summary\":\"s\",\"planItems\":" + plan + "}");
      assertThat(refused.status()).as(plan).isEqualTo(400);
      assertThat(refused.text("/field")).isEqualTo("planItems");
    }
    assertThat(session.status().at("/summary").asText()).as("unchanged").isEqualTo("Fixed all");
    session.done("status", "{\"status\":\"completed\"}");
    Answer work = server().get("/api/work/" + session.id(), API_KEY);
    assertThat(work.text("/result/summary")).isEqualTo("Fixed all");
    session.done("completion", "{\"summary\":\"too late\"}");
    assertThat(session.status().at("/summary").asText()).as("it has ended").isEqualTo("Fixed all");
  }

  @Test
  void aToolErrorIsKeptAndNoIssueMadeOfIt() {
    OwnedSession session = OwnedSession.of(server());
    JsonNode told =
        session.done(
            "tool-error",
            "{\"toolName\":\"Bash\",\"errorMessage\":\"exit"
                + " 1\",\"context\":{\"issueIdentifier\":\"E-1\"}}");
    assertThat(told.at("/created").isBoolean()).isTrue();
    assertThat(told.at("/created").asBoolean()).isFalse();
    assertThat(told.at("/reason").asText()).isNotEmpty();
    assertThat(told.has("issue")).isFalse();
    refused(
        session.call("tool-error", "{\"errorMessage\":\"e\"}"), "toolName", "toolName is required");
    refused(
        session.call("tool-error", "{\"toolName\":\"t\"}"),
        "errorMessage",
        "errorMessage is required");
  }

  @Test
  void linksAreKeptOnTheSession() {
    OwnedSession session = OwnedSession.of(server());
    assertThat(session.status().at("/externalUrls").isNull()).isTrue();
    JsonNode told =
        session.done("external-urls", "{\"workspaceId\":\"w\",\"externalUrls\":" + URLS + "}");
    assertThat(told.at("/updated").asBoolean()).isTrue();
    assertThat(told.at("/externalUrls").toString()).isEqualTo(URLS);
    assertThat(session.status().at("/externalUrls").toString()).isEqualTo(URLS);
    for (String wrong :
        List.of(
            "7",
            "[\"https://a.example\"]",
            "[{\"label\":\"l\"}]",
            "[{\"label\":\"l\",\"url\":\"javascript:alert(1)\"}]",
            "[{\"label\":\"l\",\"url\":\"//a.example\"}]",
            "[{\"label\":\"l\",\"url\":\"https:a\"}]",
            "[{\"label\":\"l\",\"url\":\"https://a b\"}]")) {
      Answer refused = session.call("external-urls", "{\"externalUrls\":" + wrong + "}");
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.text("/field")).isEqualTo("externalUrls");
    }
    refused(session.call("external-urls", "{}"), "externalUrls", "externalUrls is required");
    assertThat(session.status().at("/externalUrls").toString()).as("unchanged").isEqualTo(URLS);
    session.done("status", "{\"status\":\"completed\"}");
    JsonNode late = session.done("external-urls", "{\"externalUrls\":[]}");
    assertThat(late.at("/updated").asBoolean()).isFalse();
    assertThat(late.at("/reason").asText()).isEqualTo("Session has ended as completed");
    assertThat(late.at("/externalUrls").toString()).isEqualTo(URLS);
  }

  @Test
  void aScanIsStored() {
    OwnedSession session = OwnedSession.of(server());
    assertThat(session.done("security-scan", "{\"event\":{\"a\":1.50}}").at("/stored").asBoolean())
        .isTrue();
    refused(session.call("security-scan", "{}"), "event", "event is required");
  }

  @Test
  void promptsAreGone() {
    OwnedSession session = OwnedSession.of(server());
    for (String bearer : List.of(session.owner().token(), API_KEY)) {
      for (Answer gone :
          List.of(
              session.by(bearer, "prompts", "{}"),
              server().get("/api/sessions/" + session.id() + "/prompts", bearer))) {
        assertThat(gone.status()).isEqualTo(410);
        assertThat(StrictJson.read(gone).at("/error").asText())
            .startsWith("Gone")
            .contains("/poll", "/inbox/ack");
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> whateverItsOwnerTellsAcceptsTheClaimAndNamesIt() {
    return Stream.of(
            "progress {\"message\":\"m\"}",
            "activity {\"type\":\"thought\",\"content\":\"c\"}",
            "completion {\"summary\":\"s\"}",
            "tool-error {\"toolName\":\"t\",\"errorMessage\":\"e\"}",
            "external-urls {\"externalUrls\":[]}",
            "security-scan {\"event\":{}}")
        .map(call -> dynamicTest(call, () -> accepts(call.split(" ", 2))));
  }

  private void accepts(String[] call) {
    OwnedSession session = OwnedSession.of(server());
    JsonNode claim = session.done("claim", "{}").at("/claim");
    assertThat(claim.at("/acceptBy").asLong()).isPositive();
    JsonNode told = session.done(call[0], call[1]).at("/claim");
    assertThat(told.at("/token")).isEqualTo(claim.at("/token"));
    assertThat(told.at("/acceptBy").asLong()).isZero();
    Answer stale =
        server()
            .call(
                "POST",
                "/api/sessions/" + session.id() + "/" + call[0],
                session.owner().token(),
                call[1],
                Map.of("X-Sluice-Claim", "1"));
    assertThat(stale.status()).isEqualTo(403);
    assertThat(stale.text("/error")).isEqualTo("Session is owned by another worker");
    session.done("status", "{\"status\":\"completed\"}");
    session.done(call[0], call[1]);
    assertThat(session.status().at("/status").asText()).isEqualTo("completed");
  }

  @TestFactory
  Stream<DynamicTest> aCredentialOfManyWorkersMayLeaveOutWhichOneWhereItsClientsDo() {
    return Stream.of("completion {\"summary\":\"s\"}", "external-urls {\"externalUrls\":[]}")
        .map(call -> dynamicTest(call, () -> unnamed(call.split(" ", 2))));
  }

  private void unnamed(String[] call) {
    OwnedSession session = OwnedSession.of(server());
    Answer mine = session.by(REGISTRATION_TOKEN, call[0], call[1]);
    assertThat(mine.status()).as(mine.body()).isEqualTo(200);
    assertThat(mine.json().at("/claim/token").asLong()).isPositive();
    assertThat(session.by(LEGACY_KEY, call[0], call[1]).status())
        .as("not one of its workers")
        .isEqualTo(403);
    session.done("nack", "{}");
    Answer nobodys = session.by(REGISTRATION_TOKEN, call[0], call[1]);
    assertThat(nobodys.status()).isEqualTo(403);
    assertThat(nobodys.text("/error")).startsWith("Session is owned by another worker");
    for (String named :
        List.of(
            "progress {\"message\":\"m\"}", "activity {\"type\":\"thought\",\"content\":\"c\"}")) {
      String[] part = named.split(" ", 2);
      refused(session.by(REGISTRATION_TOKEN, part[0], part[1]), "workerId", "workerId is required");
    }
    server().delete("/api/work/" + session.id(), API_KEY);
  }

  private static void refused(Answer answer, String field, String text) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/error")).isEqualTo(text);
  }
}
