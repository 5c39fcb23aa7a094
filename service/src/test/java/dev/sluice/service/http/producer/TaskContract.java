package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public abstract class TaskContract extends PublicCalls {

  private static final String ALL =
      "\"work:write\",\"fleet:read\",\"fleet:write\",\"work:read\",\"keys:write\"";

  @Test
  void aKeyIsToldItsOrgItsProjectsAndItsScopes() {
    String tag = "who-" + System.nanoTime();
    server().enqueue(item(tag, tag, ""));
    JsonNode all = get("/api/cli/whoami");
    assertThat(all.at("/org").toString())
        .isEqualTo("{\"id\":\"default\",\"name\":\"default\",\"slug\":\"default\",\"plan\":\"\"}");
    assertThat(all.at("/projects").findValuesAsText("slug")).contains(tag);
    assertThat(all.at("/projects/0/isDefault").asBoolean()).isFalse();
    assertThat(all.at("/scopes").toString()).contains("\"fleet:read\"");

    JsonNode one = read(server().get("/api/cli/whoami", key("\"work:read\"", "only-" + tag)));
    assertThat(one.at("/projects").toString())
        .isEqualTo(
            """
            [{"id":"$","name":"$","slug":"$","isDefault":true,\
            "sandboxProvider":"","teamSlug":"","teamName":""}]\
            """
                .replace("$", "only-" + tag));
    assertThat(one.at("/scopes").toString()).isEqualTo("[\"work:read\"]");

    JsonNode none = read(server().get("/api/cli/whoami", key("\"keys:write\"")));
    assertThat(none.at("/projects")).as("it may not read them").isEmpty();
    server().delete("/api/work/" + tag, API_KEY);
  }

  @Test
  void aTaskIsWorkOfTheKeysProject() {
    String tag = "task-" + System.nanoTime();
    String key = key("\"work:write\"", tag);
    String body = "{\"issueId\":\"E-1\",\"description\":\"Fix \\u00fc\",\"workType\":\"qa\"}";
    Map<String, String> repeatable = Map.of("Idempotency-Key", tag);
    Answer submitted = server().call("POST", "/api/mcp/submit-task", key, body, repeatable);
    JsonNode task = read(submitted);
    assertThat(task.at("/submitted").asBoolean()).isTrue();
    assertThat(task.at("/issueId").asText()).isEqualTo("E-1");
    assertThat(task.at("/status").asText()).isEqualTo("pending");
    assertThat(task.at("/priority").asInt()).isEqualTo(2);
    assertThat(task.at("/workType").asText()).isEqualTo("qa");

    Answer again = server().call("POST", "/api/mcp/submit-task", key, body, repeatable);
    assertThat(again.body()).isEqualTo(submitted.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");

    TestWorker worker = worker(tag);
    String polled = worker.poll().body();
    String id = task.at("/taskId").asText();
    assertThat(polled)
        .contains("\"claimedSessionIds\":[\"" + id + "\"]")
        .contains("\"issueId\":\"E-1\",\"issueIdentifier\":\"E-1\",\"prompt\":\"Fix \\u00fc\",")
        .contains("\"projectName\":\"" + tag + "\"");
    worker.report(id, "completed");
  }

  @Test
  void aTaskOfNoProjectOrAnotherIsRefusedToABoundKey() {
    String tag = "bound-" + System.nanoTime();
    String key = key("\"work:write\"", tag + "a", tag + "b");
    String no = "{\"issueId\":\"E-1\"}";
    assertThat(server().post("/api/mcp/submit-task", key, no).status()).isEqualTo(403);
    String other = "{\"issueId\":\"E-1\",\"project\":\"" + tag + "\"}";
    assertThat(server().post("/api/mcp/submit-task", key, other).status()).isEqualTo(403);
    String least = "{\"issueId\":\"E-1\",\"priority\":null,\"project\":\"" + tag + "a\"}";
    JsonNode task = read(server().post("/api/mcp/submit-task", key, least));
    assertThat(task.at("/priority").asInt()).isEqualTo(3);
    assertThat(task.at("/workType").asText()).isEqualTo("development");
    server().delete("/api/work/" + task.at("/taskId").asText(), API_KEY);
  }

  @Test
  void aTaskIsStoppedByEitherId() {
    String tag = "stop-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    String byPublicId = "{\"taskId\":\"" + IDS.shortForm(tag + "1") + "\"}";
    JsonNode stopped = read(server().post("/api/mcp/stop-agent", API_KEY, byPublicId));
    assertThat(stopped.at("/stopped").asBoolean()).isTrue();
    assertThat(stopped.at("/taskId").asText()).isEqualTo(tag + "1");
    assertThat(stopped.at("/issueId").asText()).isEqualTo(tag + "1");
    assertThat(stopped.at("/previousStatus").asText()).isEqualTo("working");
    assertThat(stopped.at("/newStatus").asText()).isEqualTo("stopped");
    worker.report(tag + "1", "stopped");
    String byId = "{\"taskId\":\"" + tag + "1\"}";
    JsonNode again = read(server().post("/api/mcp/stop-agent", API_KEY, byId));
    assertThat(again.at("/previousStatus").asText()).isEqualTo("stopped");
    String unknown = "{\"taskId\":\"" + IDS.shortForm("unknown") + "\"}";
    Answer none = server().post("/api/mcp/stop-agent", API_KEY, unknown);
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text("/error")).isEqualTo("Session not found");
  }

  @Test
  void noSessionTakesThePublicIdOfAnother() {
    String tag = "taken-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    String attacker = key("\"work:write\",\"fleet:read\"", tag + "-other");
    String publicId = IDS.shortForm(tag + "1");

    Answer taken = server().post("/api/work", attacker, item(publicId, tag + "-other", ""));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.text("/field")).isEqualTo("sessionId");
    assertThat(taken.text("/message")).isEqualTo("sessionId is the public id of another session");
    String bulk = "{\"items\":[" + item(publicId, tag + "-other", "") + "]}";
    assertThat(server().post("/api/work", attacker, bulk).body()).contains("public id of another");

    String early = IDS.shortForm(tag + "2");
    server().enqueue(item(early, tag + "-other", ""));
    claimed(worker, tag, "2");
    String both = "{\"taskId\":\"" + early + "\"}";
    Answer two = server().post("/api/mcp/stop-agent", API_KEY, both);
    assertThat(two.status()).isEqualTo(409);
    assertThat(two.text("/field")).isEqualTo("taskId");
    assertThat(two.text("/message"))
        .isEqualTo("taskId is the id of one session and the public id of another");
    JsonNode own = read(server().post("/api/mcp/stop-agent", attacker, both));
    assertThat(own.at("/taskId").asText()).as("the other one is not theirs").isEqualTo(early);
    for (String n : List.of("1", "2")) {
      worker.report(tag + n, "completed");
    }
  }

  @Test
  void aPromptReachesItsTaskAndWakesAnEndedOne() {
    String tag = "forward-" + System.nanoTime();
    TestWorker worker = worker(tag);
    claimed(worker, tag, "1");
    JsonNode forwarded = forward(tag + "1", "Look again");
    assertThat(forwarded.at("/forwarded").asBoolean()).isTrue();
    assertThat(forwarded.at("/issueId").asText()).isEqualTo(tag + "1");
    assertThat(forwarded.at("/sessionStatus").asText()).isEqualTo("working");
    JsonNode message = worker.poll().json().at("/inboxMessages/" + tag + "1/0");
    assertThat(message.at("/id").asText()).isEqualTo(forwarded.at("/promptId").asText());
    assertThat(message.at("/type").asText()).isEqualTo("directive");
    assertThat(message.at("/payload").asText()).isEqualTo("Look again");
    worker.report(tag + "1", "completed");
    assertThat(forward(tag + "1", "Once more").at("/sessionStatus").asText()).isEqualTo("queued");
    server().delete("/api/work/" + tag + "1", API_KEY);
  }

  @Test
  void costsAreSummedUpOverWhatTheKeySees() {
    String tag = "costs-" + System.nanoTime();
    String key = key("\"fleet:read\"", tag);
    TestWorker worker = worker(tag);
    for (String name : List.of("1", "2", "3")) {
      claimed(worker, tag, name);
    }
    spend(worker, tag + "1", "completed", "1.25", ",\"inputTokens\":7,\"outputTokens\":1");
    spend(worker, tag + "2", "running", "0.5", ",\"inputTokens\":9223372036854775807");
    JsonNode all = read(server().get("/api/mcp/cost-report", key));
    assertThat(all.at("/totalSessions").asInt()).isEqualTo(3);
    assertThat(all.at("/sessionsWithCostData").asInt()).isEqualTo(2);
    assertThat(all.at("/totalCostUsd").decimalValue()).isEqualByComparingTo("1.75");
    assertThat(all.at("/totalInputTokens").asLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(all.at("/totalOutputTokens").asLong()).isEqualTo(1);
    JsonNode one = read(server().get("/api/mcp/cost-report?taskId=" + tag + "1", key));
    assertThat(one.at("/totalSessions").asInt()).isEqualTo(1);
    assertThat(one.at("/totalInputTokens").asInt()).isEqualTo(7);
    String other = key("\"fleet:read\"", "not-" + tag);
    assertThat(server().get("/api/mcp/cost-report?taskId=" + tag + "1", other).status())
        .isEqualTo(404);
    JsonNode none = read(server().get("/api/mcp/cost-report", other));
    assertThat(none.toString())
        .isEqualTo(
            "{\"totalSessions\":0,\"sessionsWithCostData\":0,\"totalCostUsd\":0,"
                + "\"totalInputTokens\":0,\"totalOutputTokens\":0}");
    worker.report(tag + "2", "completed");
    worker.report(tag + "3", "completed");
  }

  @Test
  void theFleetIsListedByStatus() {
    String tag = "fleet-" + System.nanoTime();
    String key = key(ALL, tag);
    TestWorker worker = worker(tag);
    for (String name : List.of("completed", "failed", "stopping", "working")) {
      claimed(worker, tag, name);
    }
    worker.report(tag + "completed", "completed");
    worker.report(tag + "failed", "failed");
    server().post("/api/sessions/" + tag + "stopping/stop", API_KEY, "{}");
    server().enqueue(item(tag + "queued", tag, ""));
    server().enqueue(item(tag + "parked", tag, ",\"notBefore\":\"2999-01-01T00:00:00Z\""));

    assertThat(fleet(key, "")).isEqualTo("6 of 6");
    assertThat(fleet(key, "?limit=2")).isEqualTo("2 of 6");
    for (String status : List.of("queued", "parked", "working", "completed", "failed", "stopped")) {
      assertThat(fleet(key, "?status=" + status)).as(status).isEqualTo("1 of 1");
    }
    assertThat(fleet(key, "?status=working,completed&status=parked")).isEqualTo("3 of 3");
    JsonNode first = read(server().get("/api/mcp/list-fleet?status=working", key));
    assertThat(first.at("/sessions/0/id").asText()).isEqualTo(IDS.shortForm(tag + "working"));
    assertThat(first.at("/sessions/0/status").asText()).isEqualTo("working");
    Answer unknown = server().get("/api/mcp/list-fleet?status=queued,none", key);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("/field")).isEqualTo("status");

    for (String name : List.of("queued", "parked", "working")) {
      server().delete("/api/work/" + tag + name, API_KEY);
    }
    worker.report(tag + "working", "stopped");
    worker.report(tag + "stopping", "stopped");
  }

  @Test
  void aMachineIsItsWorkers() {
    String tag = "machine-" + System.nanoTime();
    String machine = ",\"machineId\":\"" + tag + "\",\"region\":\"eu\",\"version\":\"0.31\"";
    TestWorker worker =
        server()
            .register(
                "{\"hostname\":\"h\",\"capacity\":3,\"projects\":[\""
                    + tag
                    + "\"]"
                    + machine
                    + "}");
    claimed(worker, tag, "1");
    spend(worker, tag + "1", "completed", "2", ",\"provider\":\"" + tag + "\"");
    JsonNode mine = null;
    while (mine == null) { // a snapshot is up to a second old
      for (JsonNode each : get("/api/public/machines")) {
        mine = each.at("/id").asText().equals(tag) ? each : mine;
      }
    }
    assertThat(mine.at("/region").asText()).isEqualTo("eu");
    assertThat(mine.at("/version").asText()).isEqualTo("0.31");
    assertThat(mine.at("/status").asText()).isEqualTo("ready");
    assertThat(mine.at("/capacity/maxConcurrentSessions").asInt()).isEqualTo(3);
    assertThat(mine.at("/activeSessions").isIntegralNumber()).isTrue();
    assertThat(mine.at("/uptimeSeconds").isIntegralNumber()).isTrue();

    JsonNode stats = get("/api/public/stats/v2");
    List<String> names = new ArrayList<>();
    get("/api/public/stats").fieldNames().forEachRemaining(names::add);
    assertThat(names).allMatch(stats::has);
    assertThat(stats.at("/machines").findValuesAsText("id")).contains(tag);
    assertThat(stats.at("/providers").toString())
        .contains("{\"provider\":\"" + tag + "\",\"costUsd\":2,\"sessions\":1}");
  }

  private String fleet(String key, String query) {
    JsonNode fleet = read(server().get("/api/mcp/list-fleet" + query, key));
    assertThat(fleet.at("/sessions")).hasSize(fleet.at("/returned").asInt());
    return fleet.at("/returned").asInt() + " of " + fleet.at("/total").asInt();
  }

  private JsonNode forward(String id, String message) {
    String body = "{\"taskId\":\"" + id + "\",\"message\":\"" + message + "\"}";
    return read(server().post("/api/mcp/forward-prompt", API_KEY, body));
  }

  private void spend(TestWorker worker, String id, String status, String usd, String more) {
    String body = "{\"status\":\"" + status + "\",\"totalCostUsd\":" + usd + more + "}";
    read(server().post("/api/sessions/" + id + "/status", worker.token(), body));
  }

  private String key(String scopes, String... projects) {
    String bound = projects.length == 0 ? "" : '"' + String.join("\",\"", projects) + '"';
    String body =
        "{\"name\":\"tasks\",\"type\":\"user\",\"scopes\":[%s],\"projects\":[%s]}"
            .formatted(scopes, bound);
    Answer minted = server().post("/api/keys", API_KEY, body);
    assertThat(minted.status()).as(minted.body()).isEqualTo(201);
    return minted.text("/secret");
  }

  private static JsonNode read(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }
}
