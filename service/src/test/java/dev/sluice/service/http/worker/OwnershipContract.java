package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.OwnedSession;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public abstract class OwnershipContract {

  private static final String OWNED = "Session is owned by another worker";

  protected abstract SluiceServer server();

  @Test
  void aClaimByNameAnswersSessionItemAndToken() {
    String id = enqueued("");
    TestWorker worker = worker(id);
    JsonNode claimed = json(post(worker, id, "claim", "{}"));
    assertThat(claimed.at("/claimed").asBoolean()).isTrue();
    assertThat(claimed.at("/session/status").asText()).isEqualTo("claimed");
    assertThat(claimed.at("/session/workerId").asText()).isEqualTo(worker.id());
    assertThat(claimed.at("/work/sessionId").asText()).isEqualTo(id);
    assertThat(claimed.at("/claim/token").asLong()).isPositive();
    assertThat(claimed.at("/claim/acceptBy").asLong()).isPositive();
    assertThat(claimed.has("reason")).isFalse();
    JsonNode again = json(post(worker, id, "claim", "{\"workerId\":\"" + worker.id() + "\"}"));
    assertThat(again.at("/claimed").asBoolean()).as("its own").isTrue();
    assertThat(again.at("/claim")).as("accepted by neither").isEqualTo(claimed.at("/claim"));
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
  }

  @Test
  void aReportBringsMembersOfTheItemOnlyIfItIsAskedForThem() {
    OwnedSession session = OwnedSession.of(server());
    String running = "{\"status\":\"running\",\"provider\":\"claude\"}";

    JsonNode row = session.done("status", running).at("/session");
    JsonNode whole = session.done("status?item=true", running).at("/session");

    assertThat(row.at("/status").asText()).isEqualTo("running");
    assertThat(row.at("/provider").asText()).as("its worker told it").isEqualTo("claude");
    for (String member : List.of("promptContext", "projectName", "workType", "agentId")) {
      assertThat(row.has(member)).as(member).isFalse();
      assertThat(whole.has(member)).as(member).isTrue();
    }
    assertThat(whole.at("/promptContext").asText()).isEqualTo("p");
    assertThat(session.call("status?item=yes", running).text("/field")).isEqualTo("item");
  }

  @Test
  void aClaimThatIsDeniedSaysWhyAndChangesNothing() {
    String id = enqueued(",\"requiredCapabilities\":[\"gpu\"]");
    denied(worker("other-" + id), id, "worker does not take its project");
    denied(worker(id), id, "worker lacks a required capability");
    TestWorker owner = worker(id, ",\"capabilities\":[\"gpu\"]");
    assertThat(TestWorker.claimed(owner.poll())).containsExactly(id);
    TestWorker late = worker(id, ",\"capabilities\":[\"gpu\"]");
    denied(late, id, "claimed by another worker");
    owner.report(id, "completed");
    denied(late, id, "ended");
    denied(late, "never-" + id, "Session not found");
  }

  @Test
  void aClaimByAWorkerThatIsGoneTellsItSo() {
    String id = enqueued("");
    TestWorker gone = worker(id);
    server().delete("/api/workers/" + gone.id(), gone.token());
    for (String body : List.of("{}", "{\"workerId\":5}", "[")) {
      Answer answer = post(gone, id, "claim", body);
      assertThat(answer.status()).as(body).isEqualTo(404);
      assertThat(answer.body()).contains("Worker not found");
    }
    String named = "{\"workerId\":\"" + gone.id() + "\"}";
    assertThat(server().post(path(id, "claim"), REGISTRATION_TOKEN, named).status()).isEqualTo(404);
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void aTransferHandsTheClaimOverUnderANewToken() {
    String id = enqueued("");
    TestWorker old = worker(id);
    long before = old.poll().json().at("/claims/" + id + "/token").asLong();
    old.report(id, "running");
    TestWorker next = worker(id);
    JsonNode taken = json(transfer(id, next.token(), old.id(), next.id()));
    assertThat(taken.at("/transferred").asBoolean()).as("from one that works").isFalse();
    JsonNode over = json(transfer(id, old.token(), old.id(), next.id()));
    assertThat(over.at("/transferred").asBoolean()).isTrue();
    assertThat(over.at("/session/workerId").asText()).isEqualTo(next.id());
    assertThat(over.at("/session/status").asText()).isEqualTo("running");
    assertThat(over.at("/claim/token").asLong()).isGreaterThan(before);
    assertThat(over.at("/claim/acceptBy").asLong()).isZero();
    JsonNode again = json(transfer(id, old.token(), old.id(), next.id()));
    assertThat(again.at("/claim")).as("a repeat").isEqualTo(over.at("/claim"));
    assertThat(old.report(id, "completed").status()).isEqualTo(403);
    assertThat(next.report(id, "completed").status()).isEqualTo(200);
    JsonNode ended = json(transfer(id, REGISTRATION_TOKEN, old.id(), next.id()));
    assertThat(ended.at("/transferred").asBoolean()).isFalse();
    assertThat(ended.at("/reason").asText()).isNotEmpty();
  }

  @Test
  void aTransferIsForTheTwoWorkersAndTheirRegistrationToken() {
    String id = enqueued("");
    TestWorker old = worker(id);
    assertThat(TestWorker.claimed(old.poll())).containsExactly(id);
    TestWorker next = worker(id);
    TestWorker third = worker(id);
    assertThat(transfer(id, third.token(), old.id(), next.id()).status()).isEqualTo(403);
    assertThat(transfer(id, API_KEY, old.id(), next.id()).status()).isEqualTo(403);
    assertThat(transfer(id, LEGACY_KEY, old.id(), next.id()).status()).isEqualTo(404);
    assertThat(transfer(id, old.token(), old.id(), "wkr_none").status()).isEqualTo(404);
    JsonNode stolen = json(transfer(id, third.token(), third.id(), third.id()));
    assertThat(stolen.at("/transferred").asBoolean()).isFalse();
    assertThat(stolen.at("/reason").asText()).isEqualTo(OWNED + ": " + old.id());
    JsonNode unknown = json(transfer("no-" + id, old.token(), old.id(), next.id()));
    assertThat(unknown.at("/reason").asText()).isEqualTo("Session not found");
    assertThat(old.report(id, "running").status()).as("untouched").isEqualTo(200);
    assertThat(json(transfer(id, REGISTRATION_TOKEN, old.id(), next.id())).at("/transferred"))
        .isEqualTo(json(transfer(id, next.token(), old.id(), next.id())).at("/transferred"));
    assertThat(next.report(id, "completed").status()).isEqualTo(200);
  }

  @Test
  void aTransferDoesNotTakeFromAWorkerOfAnotherCredential() {
    String id = enqueued("");
    Answer legacy =
        server()
            .post(
                "/api/workers/register",
                LEGACY_KEY,
                "{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    String owner = legacy.text("/workerId");
    assertThat(server().get("/api/workers/" + owner + "/poll", LEGACY_KEY).body()).contains(id);
    TestWorker thief = worker(id);
    for (String bearer : List.of(thief.token(), REGISTRATION_TOKEN)) {
      JsonNode stolen = json(transfer(id, bearer, owner, thief.id()));
      assertThat(stolen.at("/transferred").asBoolean()).isFalse();
    }
    assertThat(server().get("/api/work/" + id, API_KEY).text("/workerId")).isEqualTo(owner);
    server().delete("/api/work/" + id, API_KEY);
    server().delete("/api/workers/" + owner, LEGACY_KEY);
  }

  @Test
  void aLockRefreshSaysWhetherTheWorkerOwnsTheSession() {
    String id = enqueued("");
    TestWorker owner = worker(id);
    long token = owner.poll().json().at("/claims/" + id + "/token").asLong();
    JsonNode mine = json(post(owner, id, "lock-refresh", "{\"issueId\":\"\"}"));
    assertThat(mine.toString())
        .isEqualTo(
            "{\"refreshed\":true,\"stop\":false,\"claim\":{\"token\":"
                + token
                + ",\"acceptBy\":0}}");
    assertThat(json(post(worker(id), id, "lock-refresh", "{}")).toString())
        .isEqualTo("{\"refreshed\":false,\"stop\":false}");
    assertThat(post(owner, "no-" + id, "lock-refresh", "{}").status()).isEqualTo(404);
    Answer stale =
        server()
            .call(
                "POST",
                path(id, "lock-refresh"),
                owner.token(),
                "{}",
                Map.of("X-Sluice-Claim", "1"));
    assertThat(json(stale).at("/refreshed").asBoolean()).isFalse();
    owner.report(id, "completed");
    JsonNode ended = json(post(owner, id, "lock-refresh", "{}"));
    assertThat(ended.at("/refreshed").asBoolean()).isTrue();
    assertThat(ended.at("/stop").asBoolean()).isTrue();
  }

  @Test
  void theSecondRefreshOfAStoppedSessionLetsGoOfIt() {
    String id = enqueued("");
    TestWorker owner = worker(id);
    assertThat(TestWorker.claimed(owner.poll())).containsExactly(id);
    server().post(path(id, "stop"), API_KEY, "{}");
    for (String place : List.of("claimed", "ended", "ended")) {
      JsonNode told = json(post(owner, id, "lock-refresh", "{}"));
      assertThat(told.at("/refreshed").asBoolean()).isTrue();
      assertThat(told.at("/stop").asBoolean()).isTrue();
      assertThat(server().get("/api/work/" + id, API_KEY).text("/place")).isEqualTo(place);
    }
  }

  @Test
  void aLockRefreshAcknowledgesAMessageOfEitherLane() {
    String id = enqueued("");
    TestWorker owner = worker(id);
    assertThat(TestWorker.claimed(owner.poll())).containsExactly(id);
    for (String type : List.of("directive", "hook-result")) {
      String message =
          server()
              .post(
                  path(id, "inbox"),
                  API_KEY,
                  "{\"type\":\"" + type + "\",\"payload\":\"" + id + "\"}")
              .text("/id");
      for (int i = 0; i < 2; i++) { // safe to repeat
        JsonNode refreshed =
            json(post(owner, id, "lock-refresh", "{\"ackedInject\":\"" + message + "\"}"));
        assertThat(refreshed.at("/refreshed").asBoolean()).isTrue();
      }
      assertThat(owner.poll().json().at("/hasInboxMessages").asBoolean()).isFalse();
    }
    for (String none : List.of("null", "\"\"", "\"\\u0000\"", "\"1-1\"")) {
      assertThat(post(owner, id, "lock-refresh", "{\"ackedInject\":" + none + "}").status())
          .as(none)
          .isEqualTo(200);
    }
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void aStepHeartbeatAcceptsTheClaim() {
    String id = enqueued("");
    TestWorker owner = worker(id);
    JsonNode claim = owner.poll().json().at("/claims/" + id);
    JsonNode noted = json(post(owner, id, "step-heartbeat", ""));
    assertThat(noted.at("/ok").asBoolean()).isTrue();
    assertThat(noted.at("/claim/token")).isEqualTo(claim.at("/token"));
    assertThat(noted.at("/claim/acceptBy").asLong()).isZero();
    Answer other = post(worker(id), id, "step-heartbeat", "{}");
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.text("/message")).isEqualTo(OWNED + ": " + owner.id());
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void everyAnswerToAnOwnerButThatOfANackNamesItsClaim() {
    String id = enqueued("");
    TestWorker owner = worker(id);
    long token = owner.poll().json().at("/claims/" + id + "/token").asLong();
    for (String call :
        List.of(
            "claim {}",
            "status {\"status\":\"running\"}",
            "lock-refresh {}",
            "step-heartbeat {}",
            "inbox/ack {\"messageId\":\"1-1\",\"lane\":\"normal\"}",
            "status {\"status\":\"completed\"}",
            "status {\"status\":\"completed\"}",
            "status {\"status\":\"running\"}",
            "lock-refresh {}")) {
      String[] parts = call.split(" ");
      JsonNode answer = json(post(owner, id, parts[0], parts[1]));
      assertThat(answer.at("/claim/token").asLong()).as(call).isEqualTo(token);
    }
  }

  private void denied(TestWorker worker, String id, String reason) {
    JsonNode denied = json(post(worker, id, "claim", "{}"));
    assertThat(denied.toString()).isEqualTo("{\"claimed\":false,\"reason\":\"" + reason + "\"}");
  }

  private static JsonNode json(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private Answer transfer(String id, String bearer, String from, String to) {
    return server()
        .post(
            path(id, "transfer-ownership"),
            bearer,
            "{\"newWorkerId\":\"" + to + "\",\"oldWorkerId\":\"" + from + "\"}");
  }

  private Answer post(TestWorker worker, String id, String call, String body) {
    return server()
        .call(
            "POST",
            path(id, call),
            worker.token(),
            body,
            Map.of("Content-Type", "application/json"));
  }

  private static String path(String id, String call) {
    return "/api/sessions/" + id + "/" + call;
  }

  private String enqueued(String members) {
    String id = "owned-" + System.nanoTime();
    server()
        .enqueue(
            "{\"sessionId\":\""
                + id
                + "\",\"prompt\":\"p\",\"projectName\":\""
                + id
                + "\""
                + members
                + "}");
    return id;
  }

  private TestWorker worker(String project) {
    return worker(project, "");
  }

  private TestWorker worker(String project, String members) {
    return server()
        .register("{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]" + members + "}");
  }
}
