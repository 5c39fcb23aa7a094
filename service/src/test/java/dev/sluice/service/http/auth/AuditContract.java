package dev.sluice.service.http.auth;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class AuditContract {

  protected abstract AuthEdge edge();

  private final String org = "audit-" + System.nanoTime();

  @Test
  void eachCallOfAPersonLeavesALineWithItsActorAndReason() {
    String key = operator(org);
    TestWorker worker = worker();
    String claimed = enqueue(key);
    String waiting = enqueue(key);
    assertThat(TestWorker.claimed(worker.poll())).contains(claimed, waiting);
    String stopped = enqueue(key);
    ok(202, "POST", "/api/sessions/" + claimed + "/inbox", key, message("nudge", "look here"));
    ok(200, "POST", "/api/sessions/" + claimed + "/stop", key, "{\"reason\":\"it loops \\u00e9\"}");
    ok(200, "DELETE", "/api/work/" + stopped + "?reason=not%20needed%20%C3%A9", key, null);
    ok(202, "POST", "/api/sessions/" + waiting + "/inbox", key, message("stop", "enough"));
    ok(200, "DELETE", "/api/workers/" + worker.id() + "?reason=broken%20disk", key, null);
    ok(200, "POST", "/api/cleanup", key, "");

    List<JsonNode> lines = lines("?limit=1000", key);

    assertThat(lines)
        .extracting(
            line ->
                line.at("/verb").asText()
                    + " "
                    + line.at("/object").asText()
                    + ": "
                    + line.at("/detail").asText()
                    + ": "
                    + line.at("/reason").asText())
        .containsExactly(
            "sweep " + org + ": : ",
            "deregister " + worker.id() + ": returned 0: broken disk",
            "stop " + waiting + ": was claimed: enough",
            "stop " + stopped + ": was ready: not needed \u00e9",
            "stop " + claimed + ": was claimed: it loops \u00e9",
            "send " + claimed + ": nudge, normal: look here");
    assertThat(lines).extracting(line -> line.at("/actor").asText()).containsOnly(keyId(key));
    assertThat(lines)
        .extracting(line -> line.at("/id").asLong())
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    long now = System.currentTimeMillis();
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.at("/at").asLong()).isBetween(now - 60_000, now + 5));
    assertThat(edge().log())
        .anyMatch(
            line ->
                line.contains("org=" + org)
                    && line.contains("verb=\"deregister\" object=\"" + worker.id() + "\"")
                    && line.endsWith("reason=\"broken disk\""));
  }

  @Test
  void theDashboardOfPeopleLeavesLinesToo() {
    String key = operator(org);
    TestWorker worker = worker();
    String session = enqueue(key);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);
    String path = "/api/public/sessions/" + new PublicIds(null).shortForm(session);
    ok(200, "POST", path + "/prompt", key, "{\"prompt\":\"p\"}");
    ok(200, "POST", path + "/stop", key, "");

    assertThat(lines("", key))
        .extracting(line -> line.at("/verb").asText() + " " + line.at("/detail").asText())
        .containsExactly("stop was ready", "send directive, urgent", "requeue was ended");
  }

  @Test
  void aWorkerThatLeavesByItselfAndACallThatIsRefusedLeaveNone() {
    String key = operator(org);
    TestWorker worker = worker();
    assertThat(edge().call("DELETE", "/api/workers/" + worker.id(), worker.token(), null).status())
        .isEqualTo(200);
    String session = enqueue(key);
    assertThat(edge().call("DELETE", "/api/work/no-such", key, null).status()).isEqualTo(404);
    assertThat(edge().call("DELETE", "/api/workers/no-such", key, null).status()).isEqualTo(404);
    for (String bad : List.of("%0A", "a%00", "x".repeat(1_025))) {
      Answer answer = edge().call("DELETE", "/api/work/" + session + "?reason=" + bad, key, null);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.text("/field")).isEqualTo("reason");
      answer = edge().call("DELETE", "/api/workers/w?reason=" + bad, key, null);
      assertThat(answer.status()).as(bad).isEqualTo(400);
    }
    String tooLong = "{\"reason\":\"" + "x".repeat(1_025) + "\"}";
    assertThat(edge().post("/api/sessions/" + session + "/stop", key, tooLong).status())
        .isEqualTo(400);

    assertThat(lines("", key)).isEmpty();
    ok(200, "DELETE", "/api/work/" + session + "?reason=" + "x".repeat(1_024), key, null);
    assertThat(lines("", key)).hasSize(1);
  }

  @Test
  void theListIsReadPageByPageAndByItsOwnOrgAlone() {
    String key = operator(org);
    for (int i = 0; i < 5; i++) {
      ok(200, "DELETE", "/api/work/" + enqueue(key), key, null);
    }
    for (int limit : List.of(1, 2, 5, 1_000)) {
      List<String> objects = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = page("?limit=" + limit + cursor, key);
        assertThat(page.at("/lines").size()).isLessThanOrEqualTo(limit);
        page.at("/lines").forEach(line -> objects.add(line.at("/object").asText()));
        cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
      } while (!cursor.isEmpty());
      assertThat(objects).as("limit %s", limit).hasSize(5).doesNotHaveDuplicates();
    }
    String other = operator(org + "-2");
    String cursor = page("?limit=1", key).at("/nextCursor").asText();

    assertThat(page("", other).at("/lines")).isEmpty();
    for (String bad : List.of("?cursor=" + cursor, "?cursor=x", "?limit=0", "?limit=1001")) {
      Answer answer = edge().get("/api/audit" + bad, other);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.text("/field")).isEqualTo(bad.substring(1, bad.indexOf('=')));
    }
  }

  @Test
  void itTakesTheRightToReadTheFleet() {
    String producer = edge().key(org, Key.Type.USER, Set.of(Scope.WORK_WRITE, Scope.FLEET_WRITE));
    String reader = edge().key(org, Key.Type.USER, Set.of(Scope.FLEET_READ));

    assertThat(edge().get("/api/audit", null).status()).isEqualTo(401);
    assertThat(edge().get("/api/audit", producer).status()).isEqualTo(403);
    assertThat(edge().get("/api/audit", REGISTRATION_TOKEN).status()).isEqualTo(403);
    assertThat(edge().get("/api/audit", worker().token()).status()).isEqualTo(403);
    assertThat(edge().get("/api/audit", reader).status()).isEqualTo(200);
    assertThat(edge().get("/api/audit", API_KEY).status()).isEqualTo(200);
  }

  @Test
  void theStoredTimeIsSetToTheClockAndThatLeavesALine() {
    String admin = edge().key(org, Key.Type.USER, Set.of(Scope.KEYS_WRITE, Scope.FLEET_READ));
    long before = System.currentTimeMillis();

    Answer set = edge().post("/api/time", admin, "{\"reason\":\"it was 2030\"}");

    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(set.json().at("/now").asLong()).isBetween(before - 1_000, before + 60_000);
    assertThat(set.json().at("/was").asLong())
        .isGreaterThanOrEqualTo(set.json().at("/now").asLong());
    assertThat(lines("", admin))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.at("/verb").asText()).isEqualTo("set-time");
              assertThat(line.at("/reason").asText()).isEqualTo("it was 2030");
              assertThat(line.at("/actor").asText()).isEqualTo(keyId(admin));
            });
    assertThat(edge().post("/api/time", operator(org), "{}").status()).isEqualTo(403);
    String tooLong = "{\"reason\":\"" + "x".repeat(1_025) + "\"}";
    assertThat(edge().post("/api/time", admin, tooLong).text("/field")).isEqualTo("reason");
  }

  private String operator(String ofOrg) {
    return edge()
        .key(ofOrg, Key.Type.USER, Set.of(Scope.WORK_WRITE, Scope.FLEET_WRITE, Scope.FLEET_READ));
  }

  private static String keyId(String secret) {
    return "key_" + Secrets.sha256(secret).substring(0, 8);
  }

  private TestWorker worker() {
    String token = edge().key(org, Key.Type.WORKER_REGISTRATION, Set.of(Scope.WORKER_REGISTER));
    Answer answer =
        edge()
            .post(
                "/api/workers/register",
                token,
                "{\"hostname\":\"h\",\"capacity\":5,\"projects\":[\"none\"]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new TestWorker(edge().server(), answer.text("/workerId"), answer.text("/runtimeToken"));
  }

  private String enqueue(String key) {
    String session = "audited-" + System.nanoTime();
    ok(
        201,
        "POST",
        "/api/work",
        key,
        "{\"prompt\":\"p\",\"projectName\":\"none\",\"sessionId\":\"" + session + "\"}");
    return session;
  }

  private static String message(String type, String reason) {
    return "{\"type\":\"" + type + "\",\"payload\":\"p\",\"reason\":\"" + reason + "\"}";
  }

  private void ok(int status, String method, String path, String key, @Nullable String body) {
    Answer answer = edge().call(method, path, key, body);
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
  }

  private JsonNode page(String query, String key) {
    Answer answer = edge().get("/api/audit" + query, key);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private List<JsonNode> lines(String query, String key) {
    List<JsonNode> lines = new ArrayList<>();
    page(query, key).at("/lines").forEach(lines::add);
    return lines;
  }
}
