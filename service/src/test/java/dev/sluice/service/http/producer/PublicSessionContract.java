package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public abstract class PublicSessionContract extends PublicCalls {

  @Test
  void aPromptIsADirectiveToTheSession() {
    String tag = "prompt-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    JsonNode prompted = prompt(tag + "1", "Look again");
    assertThat(prompted.at("/delivered").asBoolean()).isTrue();
    assertThat(prompted.at("/sessionId").asText()).isEqualTo(IDS.shortForm(tag + "1"));
    assertThat(prompted.at("/status").asText()).isEqualTo("working");
    assertThat(prompted.at("/sessionStatus").asText()).isEqualTo("working");
    JsonNode message = worker.poll().json().at("/inboxMessages/" + tag + "1/0");
    assertThat(message.at("/id").asText()).isEqualTo(prompted.at("/promptId").asText());
    assertThat(message.at("/type").asText()).isEqualTo("directive");
    assertThat(message.at("/lane").asText()).isEqualTo("urgent");
    assertThat(message.at("/payload").asText()).isEqualTo("Look again");
    worker.report(tag + "1", "completed");
  }

  @Test
  void aPromptToAnEndedSessionRequeuesItFirst() {
    String tag = "again-" + System.nanoTime();
    TestWorker worker = worker(tag);
    for (String end : List.of("completed", "failed", "stopped")) {
      claimed(worker, tag, end);
      worker.report(tag + end, end);
      JsonNode prompted = prompt(tag + end, "Once more");
      assertThat(prompted.at("/sessionStatus").asText()).isEqualTo("queued");
      assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + end);
      assertThat(worker.poll().text("/inboxMessages/" + tag + end + "/0/payload"))
          .isEqualTo("Once more");
      worker.report(tag + end, "completed");
    }
  }

  @Test
  void aSessionThatIsBeingStoppedTakesNoPrompt() {
    String tag = "stopping-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    server().post(path(tag + "1") + "/stop", API_KEY, "");
    Answer refused = server().post(path(tag + "1") + "/prompt", API_KEY, "{\"prompt\":\"p\"}");
    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    worker.report(tag + "1", "stopped");
  }

  @Test
  void newest_clients_8_a_stop_answers_in_the_words_of_the_list_and_without_receipt() {
    String tag = "halt-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    assertThat(stop(tag + "1")).isEqualTo("true working stopped");
    assertThat(stop(tag + "1")).isEqualTo("true stopped stopped");
    worker.report(tag + "1", "stopped");
    assertThat(stop(tag + "1")).isEqualTo("true stopped stopped");
    server().enqueue(item(tag + "2", "nobody-" + tag, ""));
    assertThat(stop(tag + "2")).isEqualTo("true queued stopped");
    claimed(worker, tag, "3");
    worker.report(tag + "3", "completed");
    assertThat(stop(tag + "3")).isEqualTo("false completed completed");
  }

  @Test
  void newest_clients_8_starting_and_timed_out_are_no_states() {
    String tag = "states-" + System.nanoTime();
    TestWorker worker = worker(tag);
    server().enqueue(item(tag + "1", tag, ""));
    assertThat(shown(tag)).isEqualTo("queued");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "1");
    assertThat(shown(tag)).as("claimed").isEqualTo("working");
    for (String unknown : List.of("starting", "timed_out", "pending", "queued", "parked")) {
      Answer refused = worker.report(tag + "1", unknown);
      assertThat(refused.status()).as("%s: %s", unknown, refused.body()).isEqualTo(400);
      assertThat(refused.text("/field")).isEqualTo("status");
    }
    worker.report(tag + "1", "running");
    assertThat(shown(tag)).isEqualTo("working");
    server()
        .post(
            "/api/sessions/" + tag + "1/status",
            worker.token(),
            "{\"status\":\"failed\",\"failureMode\":\"timeout\"}");
    assertThat(shown(tag)).isEqualTo("failed");
  }

  private String shown(String tag) {
    JsonNode listed = get("/api/public/sessions?limit=1000&project=" + tag);
    for (JsonNode each : listed.at("/sessions")) {
      assertThat(each.at("/status").asText()).isNotIn("starting", "timed_out");
    }
    return get(path(tag + "1")).at("/session/status").asText();
  }

  @Test
  void activitiesAreReadFromWhereTheReaderLeftOff() {
    String tag = "told-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    JsonNode none = get(path(tag + "1") + "/activities");
    assertThat(none.at("/activities")).isEmpty();
    assertThat(none.has("cursor")).isFalse();
    assertThat(none.at("/sessionStatus").asText()).isEqualTo("working");
    for (String content : List.of("one", "two", "three")) {
      tell(worker, tag + "1", content);
    }
    JsonNode all = get(path(tag + "1") + "/activities");
    assertThat(all.at("/activities").findValuesAsText("content"))
        .containsExactly("one", "two", "three");
    JsonNode first = all.at("/activities/0");
    assertThat(first.at("/id").asText()).isEqualTo("1");
    assertThat(first.at("/id").isTextual()).isTrue();
    assertThat(first.at("/type").asText()).isEqualTo("action");
    assertThat(first.at("/toolName").asText()).isEqualTo("Bash");
    assertThat(Instant.parse(first.at("/timestamp").asText())).isAfter(Instant.EPOCH);
    assertThat(all.at("/cursor").asText()).isEqualTo("3");
    JsonNode rest = get(path(tag + "1") + "/activities?after=2");
    assertThat(rest.at("/activities").findValuesAsText("content")).containsExactly("three");
    JsonNode nothing = get(path(tag + "1") + "/activities?after=3");
    assertThat(nothing.at("/activities")).isEmpty();
    assertThat(nothing.at("/cursor").asText()).isEqualTo("3");
    for (String bad : List.of("-1", "x", "1.5", "9223372036854775808")) {
      Answer answer = server().get(path(tag + "1") + "/activities?after=" + bad, API_KEY);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.text("/field")).isEqualTo("after");
    }
    JsonNode back =
        StrictJson.read(
            server().post(path(tag + "1") + "/reconnect", API_KEY, "{\"cursor\":\"1\"}"));
    assertThat(back.at("/reconnected").asBoolean()).isTrue();
    assertThat(back.at("/missedEvents").asInt()).isEqualTo(2);
    assertThat(back.at("/sessionStatus").asText()).isEqualTo("working");
    worker.report(tag + "1", "completed");
    back = StrictJson.read(server().post(path(tag + "1") + "/reconnect", API_KEY, ""));
    assertThat(back.at("/reconnected").asBoolean()).isFalse();
    assertThat(back.at("/missedEvents").asInt()).isEqualTo(3);
    assertThat(back.at("/sessionStatus").asText()).isEqualTo("completed");
  }

  @Test
  void activitiesAreForWorkersAndKeysAndNoHashOpensThem() {
    String tag = "embed-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    tell(worker, tag + "1", "one");
    String call = "/api/public/session-activities?sessionId=";
    String hash = PublicIds.accessHash(tag + "1");
    Map<String, String> good = new LinkedHashMap<>();
    good.put(tag + "1", worker.token());
    good.put(tag + "1&cursor=0", API_KEY);
    good.put(IDS.shortForm(tag + "1"), API_KEY);
    good.put(hash, API_KEY);
    good.forEach(
        (query, bearer) -> {
          JsonNode told = StrictJson.read(server().get(call + query, bearer));
          assertThat(told.at("/activities/0/body").asText()).as(query).isEqualTo("one");
          assertThat(told.at("/activities/0/id").asText()).isEqualTo("1");
          assertThat(told.at("/activities/0/type").asText()).isEqualTo("action");
          assertThat(Instant.parse(told.at("/activities/0/createdAt").asText())).isNotNull();
          assertThat(told.at("/cursor").asText()).isEqualTo("1");
          assertThat(told.at("/sessionStatus").asText()).isEqualTo("working");
        });
    for (String query :
        List.of(
            tag + "1",
            tag + "1&hash=",
            tag + "1&hash=" + hash,
            tag + "1&hash=" + IDS.shortForm(tag + "1"),
            tag + "2&hash=" + hash,
            hash + "&hash=" + hash,
            "&hash=" + hash)) {
      assertThat(server().get(call + query, null).status()).as(query).isEqualTo(401);
    }
    assertThat(server().get(call + tag + "1&hash=" + hash, "stub.a.b.c").status())
        .as("a credential that came must count")
        .isEqualTo(401);
    Answer nameless = server().get("/api/public/session-activities", API_KEY);
    assertThat(nameless.status()).isEqualTo(400);
    assertThat(nameless.text("/field")).isEqualTo("sessionId");
    Answer cursor = server().get(call + tag + "1&cursor=x", API_KEY);
    assertThat(cursor.text("/field")).isEqualTo("cursor");
    worker.report(tag + "1", "completed");
  }

  private void tell(TestWorker worker, String sessionId, String content) {
    Answer told =
        server()
            .post(
                "/api/sessions/" + sessionId + "/activity",
                worker.token(),
                "{\"activity\":{\"type\":\"action\",\"content\":\""
                    + content
                    + "\",\"toolName\":\"Bash\"}}");
    assertThat(told.status()).as(told.body()).isEqualTo(200);
  }

  private JsonNode prompt(String sessionId, String text) {
    Answer answer =
        server().post(path(sessionId) + "/prompt", API_KEY, "{\"prompt\":\"" + text + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private String stop(String sessionId) {
    Answer answer = server().post(path(sessionId) + "/stop", API_KEY, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode stopped = StrictJson.read(answer);
    assertThat(stopped.has("receipt")).isFalse();
    assertThat(stopped.at("/sessionId").asText()).isEqualTo(IDS.shortForm(sessionId));
    return stopped.at("/stopped").asText()
        + " "
        + stopped.at("/previousStatus").asText()
        + " "
        + stopped.at("/newStatus").asText();
  }

  private static String path(String sessionId) {
    return "/api/public/sessions/" + IDS.shortForm(sessionId);
  }
}
