package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.auth.secrets.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Stops of many sessions and their receipts, with workers that obey and workers that don't. */
abstract class StopManyContract extends ReplayScene {

  private static final Duration GRACE = Duration.ofSeconds(90);
  private static final Duration LEASE = Duration.ofSeconds(180);

  @Test
  void eachSessionHasOneReceiptAndTheWorkerDecidesWhich() {
    ReplayWorker worker = worker(9);
    List<String> ids = run(worker, 5);
    passAlive(LEASE, worker);
    JsonNode order = order("{\"project\":\"" + tag + "\",\"reason\":\"it costs too much\"}");
    assertThat(order.at("/project").asText()).isEqualTo(tag);
    assertThat(order.at("/targets").asInt()).isEqualTo(5);
    assertThat(order.at("/more").asBoolean()).isFalse();
    assertThat(receipts(order)).containsExactly("sent", "sent", "sent", "sent", "sent");

    JsonNode messages = worker.poll().at("/inboxMessages");
    ids.forEach(
        id -> {
          JsonNode stop = messages.at("/" + id + "/0");
          assertThat(stop.at("/type").asText()).isEqualTo("stop");
          assertThat(stop.at("/payload").asText()).isEqualTo("it costs too much");
        });
    assertThat(receipts(order)).containsOnly("delivered");
    worker.report(ids.get(0), "stopped");
    worker.ack(ids.get(1), messages.at("/" + ids.get(1) + "/0"));
    worker.refused(409, ids.get(2), "completed");
    assertThat(receipts(order))
        .containsExactly("ended", "acknowledged", "ended", "delivered", "delivered");
    passAlive(GRACE, worker);

    JsonNode report = report(order, "");
    assertThat(kinds(report)).containsExactly("ended", "acknowledged", "ended", "silent", "silent");
    assertThat(counts(report)).isEqualTo("5: 0 0 1 2 2");
    assertThat(report.at("/confirmed").asInt()).isEqualTo(3);
    assertThat(report.at("/unconfirmed").asInt()).isEqualTo(2);
    assertThat(report.at("/stillReporting").asInt()).isZero();
    assertThat(report.at("/hosts")).hasSize(1);
    assertThat(report.at("/sessions/3/host").asText()).isEqualTo(report.at("/hosts/0").asText());
    assertThat(report.at("/reason").asText()).isEqualTo("it costs too much");
    assertThat(report.at("/by").asText()).isNotEmpty();
    assertThat(report.at("/sessions"))
        .allSatisfy(
            one -> {
              assertThat(one.at("/workerId").asText()).isEqualTo(worker.id());
              assertThat(one.at("/since").asLong())
                  .isBetween(report.at("/at").asLong(), server().now());
            });
    assertThat(held(worker)).isEmpty();

    server().pass(Duration.ofSeconds(1));
    worker.post(ids.get(3), "step-heartbeat", "");
    JsonNode after = report(order, "");
    assertThat(after.at("/stillReporting").asInt()).isEqualTo(1);
    assertThat(after.at("/sessions/3/reportedAt").asLong()).isEqualTo(server().now());
    assertThat(after.at("/sessions/4").has("reportedAt")).isFalse();
  }

  @Test
  void aWorkerThatGoesAwayIsSilentOneThatSaysGoodbyeIsNot() {
    ReplayWorker goes = worker(1);
    ReplayWorker leaves = worker(1);
    run(goes, 1);
    run(leaves, 1);
    passAlive(LEASE, goes, leaves);
    server().pass(LEASE.minusSeconds(15));
    assertThat(leaves.heartbeat(1).at("/acknowledged").asBoolean()).isTrue();
    JsonNode order = order("{\"project\":\"" + tag + "\"}");
    server().pass(Duration.ofSeconds(15));
    leaves.calls().delete("/api/workers/" + leaves.id());

    assertThat(receipts(order)).containsExactly("silent", "ended");
  }

  @Test
  void aDaemonIsReachedByItsRefreshAndEndsByTheNext() {
    ReplayWorker daemon = worker(1, ",\"daemonProjects\":[]");
    String id = run(daemon, 1).get(0);
    JsonNode order = order("{\"project\":\"" + tag + "\"}");
    assertThat(receipts(order)).containsExactly("sent");

    assertThat(daemon.post(id, "lock-refresh", "").at("/stop").asBoolean()).isTrue();
    assertThat(receipts(order)).containsExactly("delivered");
    daemon.post(id, "lock-refresh", "");

    assertThat(receipts(order)).containsExactly("ended");
  }

  @Test
  void whatWaitsIsLeftAloneAndWhatHasEndedIsNoTarget() {
    ReplayWorker worker = worker(2);
    List<String> ids = run(worker, 2);
    worker.report(ids.get(0), "completed");
    String waiting = enqueue("waiting", ",\"requiredCapabilities\":[\"rare\"]");

    JsonNode order = order("{\"project\":\"" + tag + "\"}");

    assertThat(report(order, "").at("/sessions/0/sessionId").asText()).isEqualTo(ids.get(1));
    assertThat(order.at("/targets").asInt()).isEqualTo(1);
    assertThat(place(waiting)).isEqualTo("ready");
    assertThat(state(ids.get(0))).isEqualTo("completed");
    assertThat(server().backend().queues().find("default", tag).pause()).isNull();
  }

  @Test
  void ofAllProjectsItIsAllThatRunsAndPausedTheyHandOutNothingMore() {
    ReplayWorker here = worker(3);
    run(here, 1);
    String other = tag + "-other";
    ReplayWorker there = workerOf(other, 3, "");
    String elsewhere = enqueueFor(other, "elsewhere", "");
    there.run(elsewhere);
    String next = enqueueFor(other, "next", "");

    JsonNode order = order("{\"pause\":true,\"reason\":\"fire\"}");

    assertThat(order.has("project")).isFalse();
    assertThat(receipts(order)).contains("sent").doesNotContain("silent");
    assertThat(state(elsewhere)).isEqualTo("stopped");
    assertThat(there.claims()).isEmpty();
    assertThat(place(next)).isEqualTo("ready");
    for (String project : List.of(tag, other)) {
      var pause = server().backend().queues().find("default", project).pause();
      assertThat(pause).isNotNull();
      assertThat(pause.reason()).isEqualTo("fire");
      assertThat(pause.untilMs()).isZero();
    }
    JsonNode again = order("{\"pause\":true,\"project\":\"" + other + "\",\"reason\":\"more\"}");
    assertThat(again.at("/targets").asInt()).as("it still holds its slot").isEqualTo(1);
    var kept = server().backend().queues().find("default", other).pause();
    assertThat(kept).isNotNull();
    assertThat(kept.reason()).as("the pause in force stays").isEqualTo("fire");
  }

  @Test
  void theOrderAndEachStopLeaveTheirLine() {
    ReplayWorker worker = worker(2);
    List<String> ids = run(worker, 2);

    JsonNode order = order("{\"project\":\"" + tag + "\",\"reason\":\"enough\"}");

    JsonNode lines = operator().get("/api/audit?limit=3").at("/lines");
    String run = order.at("/id").asText();
    assertThat(said(lines.get(2)))
        .isEqualTo("stop-many " + run + ": 2 sessions, project " + tag + ": enough");
    assertThat(said(lines.get(1)))
        .isEqualTo("stop " + ids.get(0) + ": was claimed: stop-many " + run);
    assertThat(said(lines.get(0)))
        .isEqualTo("stop " + ids.get(1) + ": was claimed: stop-many " + run);
  }

  @Test
  void sessionsAreReadPageByPageAndTheCountsAreThoseOfAll() {
    ReplayWorker worker = worker(5);
    List<String> ids = run(worker, 5);
    JsonNode order = order("{\"project\":\"" + tag + "\"}");

    List<String> read = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = report(order, "?limit=2" + cursor);
      assertThat(counts(page)).isEqualTo("5: 5 0 0 0 0");
      page.at("/sessions").forEach(one -> read.add(one.at("/sessionId").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());

    assertThat(read).isEqualTo(ids);
    String path = "/api/stops/" + order.at("/id").asText();
    for (String bad : List.of("limit=0", "limit=1001", "cursor=x", "cursor=10001")) {
      operator().refused(400, "GET", path + "?" + bad, null);
    }
  }

  @Test
  void itTakesTheRightToDoItAndOnlyItsOwnOrgKnowsOfIt() {
    JsonNode order = order("{\"project\":\"" + tag + "-none\"}");
    assertThat(order.at("/targets").asInt()).isZero();
    String path = "/api/stops/" + order.at("/id").asText();
    Calls reader = caller("default", Scope.FLEET_READ);
    Calls writer = caller("default", Scope.FLEET_WRITE);
    Calls stranger = caller("org-" + System.nanoTime(), Scope.FLEET_READ, Scope.FLEET_WRITE);

    assertThat(reader.get(path).at("/id")).isEqualTo(order.at("/id"));
    reader.refused(403, "POST", "/api/stops", "{}");
    writer.refused(403, "GET", path, null);
    assertThat(stranger.refused(404, "GET", path, null)).contains("Stop not found");
    operator().refused(404, "GET", "/api/stops/stp_unknown", null);
    assertThat(stranger.call("POST", "/api/stops", "", Map.of()).json().at("/targets").asInt())
        .isZero();
  }

  private List<String> run(ReplayWorker worker, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = enqueue("run");
      worker.run(id);
      ids.add(id);
      server().pass(Duration.ofMillis(1));
    }
    return ids;
  }

  private JsonNode order(String body) {
    return operator().post("/api/stops", body);
  }

  private JsonNode report(JsonNode order, String query) {
    return operator().get("/api/stops/" + order.at("/id").asText() + query);
  }

  private List<String> receipts(JsonNode order) {
    return kinds(report(order, ""));
  }

  private static List<String> kinds(JsonNode report) {
    List<String> kinds = new ArrayList<>();
    report.at("/sessions").forEach(one -> kinds.add(one.at("/receipt").asText()));
    return kinds;
  }

  private static String counts(JsonNode report) {
    return "%s: %s %s %s %s %s"
        .formatted(
            report.at("/targets"),
            report.at("/sent"),
            report.at("/delivered"),
            report.at("/acknowledged"),
            report.at("/ended"),
            report.at("/silent"));
  }

  private static String said(JsonNode line) {
    return line.at("/verb").asText()
        + " "
        + line.at("/object").asText()
        + ": "
        + line.at("/detail").asText()
        + ": "
        + line.at("/reason").asText();
  }

  private Calls caller(String org, Scope... scopes) {
    String secret = Secrets.random("rsk_live_");
    server()
        .backend()
        .credentials()
        .addKey(
            Secrets.sha256(secret),
            new Key(
                "key_" + System.nanoTime(), org, Key.Type.USER, "t", Set.of(scopes), List.of()));
    return server().calls(secret);
  }
}
