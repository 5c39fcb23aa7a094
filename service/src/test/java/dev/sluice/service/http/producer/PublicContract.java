package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.TestWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public abstract class PublicContract extends PublicCalls {

  @Test
  void bothPublicIdsLeadToASessionAndTheShortOneIsShown() {
    String id = "public-" + System.nanoTime();
    server().enqueue(item(id, id, ",\"workType\":\"qa\",\"branch\":\"fix\",\"title\":\"T\""));
    for (String publicId : List.of(IDS.shortForm(id), PublicIds.accessHash(id))) {
      JsonNode session = get("/api/public/sessions/" + publicId).at("/session");
      assertThat(session.at("/id").asText()).isEqualTo(IDS.shortForm(id));
      assertThat(session.at("/identifier").asText()).isEqualTo("E-" + id);
      assertThat(session.at("/workType").asText()).isEqualTo("qa");
      assertThat(session.at("/branch").asText()).isEqualTo("fix");
      assertThat(session.at("/issueTitle").asText()).isEqualTo("T");
      assertThat(session.toString()).doesNotContain(id + "\",\"prompt");
    }
    Answer unknown = server().get("/api/public/sessions/" + IDS.shortForm("none"), API_KEY);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text("/error")).isEqualTo("Session not found");
    cancel(id);
  }

  @Test
  void whatCannotBeAPublicIdIsNamed() {
    for (String bad : List.of(IDS.shortForm("a").toUpperCase(java.util.Locale.ROOT), "ses_demo")) {
      for (String call : List.of("", "/activities")) {
        malformed(server().get("/api/public/sessions/" + bad + call, API_KEY));
      }
      for (String call : List.of("/prompt", "/stop", "/reconnect")) {
        malformed(server().post("/api/public/sessions/" + bad + call, API_KEY, "{}"));
      }
    }
  }

  @Test
  void listAndDetailAgreeInEveryState() {
    String tag = "states-" + System.nanoTime();
    TestWorker worker = worker(tag);
    Map<String, String> expected = new LinkedHashMap<>();
    for (String state : List.of("claimed", "running", "finalizing", "completed", "failed")) {
      claimed(worker, tag, state);
      if (!state.equals("claimed")) {
        assertThat(worker.report(tag + state, state).status()).isEqualTo(200);
      }
      expected.put(state, state.endsWith("ed") && !state.equals("claimed") ? state : "working");
    }
    claimed(worker, tag, "stopping");
    server().post("/api/sessions/" + tag + "stopping/stop", API_KEY, "{}");
    expected.put("stopping", "stopped");
    claimed(worker, tag, "nacked");
    server().post("/api/sessions/" + tag + "nacked/nack", worker.token(), "{}");
    expected.put("nacked", "queued");
    server().enqueue(item(tag + "first", tag, ",\"issueId\":\"" + tag + "\""));
    expected.put("first", "queued");
    // Of items of one millisecond the id would decide which goes first.
    server().enqueue(item(tag + "behind", tag, ",\"priority\":9,\"issueId\":\"" + tag + "\""));
    expected.put("behind", "parked");
    server().enqueue(item(tag + "later", tag, ",\"notBefore\":\"2999-01-01T00:00:00Z\""));
    expected.put("later", "parked");
    server().enqueue(item(tag + "cancelled", tag, ""));
    cancel(tag + "cancelled");
    expected.put("cancelled", "stopped");

    Map<String, String> listed = new LinkedHashMap<>();
    for (JsonNode entry : pages("project=" + tag, 1_000)) {
      listed.put(entry.at("/id").asText(), entry.at("/status").asText());
    }
    assertThat(listed).hasSize(expected.size());
    expected.forEach(
        (name, status) -> {
          String publicId = IDS.shortForm(tag + name);
          assertThat(listed.get(publicId)).as("%s in the list", name).isEqualTo(status);
          assertThat(get("/api/public/sessions/" + publicId).at("/session/status").asText())
              .as("%s by itself", name)
              .isEqualTo(status);
        });
    end(worker, tag, expected);
  }

  @Test
  void timesAreIsoAndDurationsWholeSeconds() {
    String tag = "times-" + System.nanoTime();
    Instant before = Instant.now().minusSeconds(30);
    TestWorker worker = worker(tag);
    claimed(worker, tag, "ended");
    worker.report(tag + "ended", "running");
    worker
        .server()
        .post(
            "/api/sessions/" + tag + "ended/status",
            worker.token(),
            "{\"status\":\"completed\",\"totalCostUsd\":12.5,\"inputTokens\":7,\"provider\":\"x\"}");
    claimed(worker, tag, "claimed");
    server().enqueue(item(tag + "waits", tag, ""));
    for (JsonNode entry : pages("projectId=" + tag, 1_000)) {
      JsonNode one = get("/api/public/sessions/" + entry.at("/id").asText());
      assertThat(Instant.parse(one.at("/timestamp").asText())).isAfter(before);
      for (JsonNode session : List.of(entry, one.at("/session"))) {
        assertThat(Instant.parse(session.at("/startedAt").asText()))
            .isBetween(before, Instant.now().plusSeconds(30));
        assertThat(session.at("/duration").isIntegralNumber()).as("%s", session).isTrue();
        assertThat(session.at("/duration").asLong()).isBetween(0L, 600L);
        assertThat(session.at("/workType").asText()).isEqualTo("development");
      }
    }
    JsonNode ended = get("/api/public/sessions/" + IDS.shortForm(tag + "ended")).at("/session");
    assertThat(ended.at("/costUsd").decimalValue()).isEqualByComparingTo("12.5");
    assertThat(ended.at("/provider").asText()).isEqualTo("x");
    assertThat(ended.at("/inputTokens").asInt()).isEqualTo(7);
    for (String time : List.of("created", "queued", "started", "completed")) {
      assertThat(Instant.parse(ended.at("/timeline/" + time).asText())).as(time).isAfter(before);
    }
    JsonNode waits = get("/api/public/sessions/" + IDS.shortForm(tag + "waits")).at("/session");
    assertThat(waits.at("/timeline").size()).isEqualTo(2);
    assertThat(waits.has("costUsd")).isFalse();
    cancel(tag + "waits");
    worker.report(tag + "claimed", "failed");
  }

  @Test
  void pagesShowEachSessionOnceWhateverTheirSize() {
    String tag = "pages-" + System.nanoTime();
    TestWorker worker = worker(tag);
    List<String> expected = new ArrayList<>();
    for (String name : List.of("held1", "held2", "done1", "done2")) {
      claimed(worker, tag, name);
      expected.add(IDS.shortForm(tag + name));
    }
    worker.report(tag + "done1", "completed");
    worker.report(tag + "done2", "completed");
    for (int i = 0; i < 5; i++) {
      String more = i % 2 == 0 ? "" : ",\"issueId\":\"" + tag + "\"";
      server().enqueue(item(tag + "waits" + i, tag + (i < 3 ? "" : "-other"), more));
      expected.add(IDS.shortForm(tag + "waits" + i));
    }
    List<String> ofOne = expected.subList(0, 7);
    for (int limit : List.of(50, 1_000)) { // there is more than ours
      assertThat(ids(pages("", limit), expected))
          .as("limit %s", limit)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    for (int limit : List.of(2, 3, 1_000)) {
      assertThat(ids(pages("project=" + tag, limit), expected))
          .as("limit %s of a project", limit)
          .containsExactlyInAnyOrderElementsOf(ofOne)
          .startsWith(IDS.shortForm(tag + "held1"), IDS.shortForm(tag + "held2"));
    }
    for (int i = 0; i < 5; i++) {
      cancel(tag + "waits" + i);
    }
    worker.report(tag + "held1", "completed");
    worker.report(tag + "held2", "completed");
  }

  @Test
  void aCursorOfSomethingElseIsRefused() {
    for (String bad : List.of("x", "claimed...", "ready..cGFyc2Vy.", "ended....")) {
      Answer answer = server().get("/api/public/sessions?cursor=" + bad, API_KEY);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.text("/field")).as(bad).isEqualTo("cursor");
    }
    for (String parameter : List.of("limit=0", "limit=x", "project=%01", "projectId=%7F")) {
      Answer answer = server().get("/api/public/sessions?" + parameter, API_KEY);
      assertThat(answer.status()).as(parameter).isEqualTo(400);
      assertThat(answer.text("/field")).isEqualTo(parameter.substring(0, parameter.indexOf('=')));
    }
  }

  @Test
  void figuresAreWholeNumbers() {
    String tag = "stats-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    server().enqueue(item(tag + "2", tag, ""));
    server()
        .post(
            "/api/sessions/" + tag + "1/status",
            worker.token(),
            "{\"status\":\"completed\",\"totalCostUsd\":2.25}");
    claimed(worker, tag, "3");
    JsonNode stats = get("/api/public/stats");
    for (String count :
        List.of(
            "workersOnline",
            "agentsWorking",
            "queueDepth",
            "completedToday",
            "availableCapacity",
            "sessionCountToday")) {
      assertThat(stats.at("/" + count).isIntegralNumber()).as("%s of %s", count, stats).isTrue();
    }
    assertThat(stats.at("/agentsWorking").asInt()).isGreaterThanOrEqualTo(1);
    assertThat(stats.at("/sessionCountToday").asInt()).isGreaterThanOrEqualTo(1);
    assertThat(stats.at("/totalCostToday").isNumber()).isTrue();
    assertThat(stats.at("/totalCostAllTime").asDouble()).isGreaterThanOrEqualTo(2.25);
    assertThat(Instant.parse(stats.at("/timestamp").asText()))
        .isBefore(Instant.now().plusSeconds(1));
    cancel(tag + "2");
    worker.report(tag + "3", "completed");
  }

  private List<JsonNode> pages(String filter, int limit) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/api/public/sessions?" + filter + "&limit=" + limit + cursor);
      assertThat(page.at("/sessions").size()).isLessThanOrEqualTo(limit);
      assertThat(page.at("/count").asInt()).isEqualTo(page.at("/sessions").size());
      page.at("/sessions").forEach(all::add);
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  private static List<String> ids(List<JsonNode> sessions, List<String> ours) {
    return sessions.stream()
        .map(session -> session.at("/id").asText())
        .filter(ours::contains)
        .toList();
  }

  private void end(TestWorker worker, String tag, Map<String, String> sessions) {
    sessions
        .keySet()
        .forEach(
            name -> {
              cancel(tag + name);
              worker.report(tag + name, "stopped");
            });
    server().delete("/api/workers/" + worker.id(), worker.token());
  }

  private void cancel(String id) {
    assertThat(server().delete("/api/work/" + id, API_KEY).status()).isEqualTo(200);
  }

  private static void malformed(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/error")).isEqualTo("Invalid session ID format");
    assertThat(answer.text("/field")).isEqualTo("sessionId");
  }
}
