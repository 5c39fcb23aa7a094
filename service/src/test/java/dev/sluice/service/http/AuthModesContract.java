package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.auth.secrets.Secrets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whom a credential may act for, and that a scope which isn't there is missed. */
abstract class AuthModesContract {

  /** Calls about a worker W that holds session S, with bodies that would be taken. */
  private static final List<String> WORKER_CALLS =
      List.of(
          "GET /api/workers/W/poll",
          "POST /api/workers/W/heartbeat {\"activeCount\":1}",
          "POST /api/workers/W/refresh-token {}",
          "GET /api/workers/W",
          "DELETE /api/workers/W");

  private static final List<String> SESSION_CALLS =
      List.of(
          "POST /api/sessions/S/status {\"workerId\":\"W\",\"status\":\"running\"}",
          "POST /api/sessions/S/inbox/ack"
              + " {\"workerId\":\"W\",\"messageId\":\"m\",\"lane\":\"urgent\"}",
          "POST /api/sessions/S/step-heartbeat {\"workerId\":\"W\"}",
          "POST /api/sessions/S/progress {\"workerId\":\"W\",\"message\":\"m\"}",
          "POST /api/sessions/S/activity"
              + " {\"workerId\":\"W\",\"type\":\"thought\",\"content\":\"c\"}",
          "POST /api/sessions/S/completion {\"workerId\":\"W\",\"summary\":\"s\"}",
          "POST /api/sessions/S/tool-error"
              + " {\"workerId\":\"W\",\"toolName\":\"t\",\"errorMessage\":\"e\"}",
          "POST /api/sessions/S/external-urls {\"workerId\":\"W\",\"externalUrls\":[]}",
          "POST /api/sessions/S/security-scan {\"workerId\":\"W\",\"event\":{}}",
          "POST /api/sessions/S/nack {\"workerId\":\"W\"}");

  /** Calls of a worker that has a session, but for its reports. */
  private static final List<String> GONE_CALLS =
      List.of(
          "GET /api/me",
          "GET /api/config",
          "GET /api/sessions",
          "GET /api/sessions/S",
          "GET /api/sessions/S/status",
          "GET /api/public/session-activities?sessionId=S",
          "POST /api/sessions/S/transfer-ownership {\"oldWorkerId\":\"W\",\"newWorkerId\":\"W\"}");

  private static final String BATCH_JOB =
      "POST /api/batch-work {\"batchJobId\":\"S\",\"workType\":\"none\"}";

  private static final String ALL_DEAD = "{\"verb\":\"discard\",\"filter\":{},\"dryRun\":true}";

  /** The calls of producers and operators, with the scopes of which each needs one. */
  private static final List<String> SCOPED_CALLS =
      List.of(
          "work:write POST /api/work"
              + " {\"prompt\":\"p\",\"projectName\":\"none\",\"sessionId\":\"S\"}",
          "work:write " + BATCH_JOB,
          "work:write,fleet:read GET /api/batch-work/S",
          "work:write,fleet:read,work:read GET /api/work/S",
          "work:write,fleet:write POST /api/sessions/S/inbox"
              + " {\"type\":\"nudge\",\"payload\":\"p\"}",
          "work:write,fleet:read,work:read GET /api/sessions/S/status",
          "work:write,fleet:read,work:read GET /api/sessions/S",
          "work:write,fleet:read,work:read GET /api/sessions",
          "fleet:read GET /api/workers",
          "fleet:read GET /api/workers/W",
          "work:write PATCH /api/work/S {\"priority\":2}",
          "work:write,fleet:read GET /api/work?project=none",
          "work:write,fleet:read GET /api/inbox",
          "work:write,fleet:read GET /api/dead",
          "work:write,fleet:write POST /api/dead/S/requeue {}",
          "work:write,fleet:write DELETE /api/dead/S",
          "work:write,fleet:write POST /api/bulk " + ALL_DEAD,
          "fleet:read GET /api/queues",
          "fleet:read GET /api/queues/scopes",
          "fleet:write POST /api/queues/scopes/pause {\"reason\":\"r\"}",
          "fleet:write PUT /api/queues/scopes/limits {}",
          "fleet:write POST /api/queues/scopes/resume {}",
          "fleet:write POST /api/workers/W/drain {}",
          "fleet:write POST /api/workers/W/undrain {}",
          "keys:write GET /api/keys",
          "work:write,fleet:write POST /api/sessions/S/stop {}",
          "work:write DELETE /api/work/S",
          "work:write,fleet:read GET /api/config",
          "fleet:read GET /api/audit",
          "fleet:write POST /api/cleanup",
          "fleet:write GET /api/cleanup",
          "keys:write POST /api/time {}",
          "fleet:read GET /api/public/stats",
          "fleet:read GET /api/public/sessions",
          "fleet:read GET /api/public/sessions/P",
          "fleet:read,work:read GET /api/public/sessions/P/activities",
          "fleet:read,work:read GET /api/public/session-activities?sessionId=S",
          "fleet:read,work:read GET /api/public/session-activities?sessionId=P",
          "fleet:read POST /api/public/sessions/P/reconnect {}",
          "work:write,fleet:write POST /api/public/sessions/P/prompt {\"prompt\":\"p\"}",
          "work:write,fleet:write POST /api/public/sessions/P/stop {}",
          "fleet:write DELETE /api/workers/W",
          "work:write,fleet:write POST /api/sessions/S/requeue {}");

  /** Those of them that are about the org, and so find something in every org. */
  private static final List<String> ABOUT_THE_ORG =
      List.of(
          "/api/sessions",
          "/api/workers",
          "/api/audit",
          "/api/config",
          "/api/cleanup",
          "/api/time {}",
          "/api/work?project=none",
          "/api/inbox",
          "/api/dead",
          ALL_DEAD,
          "/api/queues",
          "/api/queues/scopes",
          "/scopes/pause {\"reason\":\"r\"}",
          "/scopes/limits {}",
          "/scopes/resume {}",
          "/api/keys",
          "/api/public/stats",
          "/api/public/sessions");

  /** The running service. */
  abstract AuthEdge edge();

  @Test
  void aCredentialActsForTheWorkersItRegisteredAndNoOther() {
    String second = edge().registrationToken();
    List<String> credentials = List.of(REGISTRATION_TOKEN, second, LEGACY_KEY);
    for (String mine : credentials) {
      for (String theirs : credentials) {
        if (mine.equals(theirs)) {
          continue;
        }
        TestWorker worker = edge().register(theirs);
        String session = claimed(worker, theirs);
        for (String call : WORKER_CALLS) {
          Answer answer = call(call, worker, session, mine);
          assertThat(answer.status()).as(call).isEqualTo(404);
          assertThat(answer.text("/error")).as(call).isEqualTo("Worker not found");
        }
        for (String call : SESSION_CALLS) {
          Answer answer = call(call, worker, session, mine);
          assertThat(answer.status()).as(call).isEqualTo(403);
          assertThat(answer.text("/error")).isEqualTo("Session is owned by another worker");
        }
        for (String call : SESSION_CALLS) {
          assertThat(call(call, worker, session, theirs).status())
              .as("%s by its own, untouched by the others", call)
              .isIn(200, 409);
        }
        assertThat(call("DELETE /api/workers/W", worker, session, theirs).status()).isEqualTo(200);
        edge().server().delete("/api/work/" + session, API_KEY);
      }
    }
  }

  @Test
  void theLegacyKeyGetsNoToken() {
    Answer registered = edge().post("/api/workers/register", LEGACY_KEY, "{\"hostname\":\"h\"}");
    assertThat(registered.status()).isEqualTo(201);
    Answer refreshed =
        edge()
            .post(
                "/api/workers/" + registered.text("/workerId") + "/refresh-token", LEGACY_KEY, "");
    assertThat(refreshed.status()).isEqualTo(200);
    for (Answer answer : List.of(registered, refreshed)) {
      for (String member : List.of("runtimeToken", "runtimeJwt", "runtime_jwt", "expiresAt")) {
        assertThat(answer.json().get(member).isNull()).as(member).isTrue();
      }
    }
  }

  @Test
  void aTokenIsNoOtherWorkers() {
    TestWorker mine = edge().register(REGISTRATION_TOKEN);
    TestWorker theirs = edge().register(REGISTRATION_TOKEN);
    String session = claimed(theirs, theirs.token());
    for (String call : WORKER_CALLS) {
      Answer answer = call(call, theirs, session, mine.token());
      assertThat(answer.status()).as(call).isEqualTo(403);
      assertThat(answer.body())
          .as("that would send its clients to refresh")
          .doesNotContain("found");
    }
    for (String call : SESSION_CALLS) {
      assertThat(call(call, theirs, session, mine.token()).status())
          .as("%s: the body names another worker", call)
          .isEqualTo(403);
      Answer own =
          call(call.replace("\"W\"", "\"" + mine.id() + "\""), theirs, session, mine.token());
      assertThat(own.status()).as(call).isEqualTo(403);
      assertThat(own.text("/error")).isEqualTo("Session is owned by another worker");
    }
    assertThat(theirs.report(session, "completed").status()).isEqualTo(200);
  }

  @Test
  void aUserKeyIsNoWorkerAndAWorkersCredentialNoUser() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    String session = claimed(worker, worker.token());
    for (String call : WORKER_CALLS.subList(0, 3)) {
      assertThat(call(call, worker, session, API_KEY).status()).as(call).isEqualTo(403);
    }
    for (String call : SESSION_CALLS) {
      assertThat(call(call, worker, session, API_KEY).status()).as(call).isEqualTo(403);
    }
    for (String bearer : List.of(REGISTRATION_TOKEN, LEGACY_KEY, worker.token())) {
      for (String call : SCOPED_CALLS) {
        String what = call.substring(call.indexOf(' ') + 1);
        if (!what.startsWith("GET /api/sessions")
            && !what.contains("/workers")
            && !what.contains("/api/config")
            && !what.contains("/session-activities")) {
          assertThat(call(what, worker, session, bearer).status()).as(what).isEqualTo(403);
        }
      }
    }
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);
  }

  @Test
  void eachScopeOpensItsCallsAndNoMore() {
    for (Scope scope : Scope.values()) {
      String key = edge().key("default", Key.Type.USER, Set.of(scope));
      TestWorker worker = edge().register(REGISTRATION_TOKEN);
      String session = claimed(worker, worker.token());
      call(BATCH_JOB, worker, session, API_KEY);
      for (String call : SCOPED_CALLS) {
        String scopes = call.substring(0, call.indexOf(' '));
        Answer answer = call(call.substring(call.indexOf(' ') + 1), worker, session, key);
        if (List.of(scopes.split(",")).contains(scope.wire())) {
          assertThat(answer.status()).as("%s with %s", call, scope).isIn(200, 202, 409);
        } else {
          assertThat(answer.status()).as("%s with %s", call, scope).isEqualTo(403);
          assertThat(answer.text("/message")).contains(scopes.split(",")[0]);
        }
      }
      assertThat(edge().server().post("/api/workers/register", key, "{}").status())
          .isEqualTo(scope == Scope.WORKER_REGISTER ? 400 : 403);
      edge().server().delete("/api/workers/" + worker.id(), worker.token());
      edge().server().delete("/api/work/" + session, API_KEY);
    }
  }

  @Test
  void aKeyOfAnotherOrgSeesNothingOfThisOne() {
    String key = edge().key("elsewhere", Key.Type.USER, Set.of(Scope.values()));
    String token =
        edge().key("elsewhere", Key.Type.WORKER_REGISTRATION, Set.of(Scope.WORKER_REGISTER));
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    String session = claimed(worker, worker.token());
    for (String call : SCOPED_CALLS.subList(2, SCOPED_CALLS.size())) {
      Answer answer = call(call.substring(call.indexOf(' ') + 1), worker, session, key);
      if (ABOUT_THE_ORG.stream().anyMatch(call::endsWith)) {
        assertThat(answer.status()).as(call).isEqualTo(200);
        assertThat(answer.body()).as(call).doesNotContain(session, worker.id());
      } else {
        assertThat(answer.status()).as(call).isEqualTo(404);
      }
    }
    for (String call : WORKER_CALLS) {
      assertThat(call(call, worker, session, token).status()).as(call).isEqualTo(404);
    }
    TestWorker foreign = edge().register(token);
    assertThat(TestWorker.claimed(foreign.poll())).isEmpty();
    Answer theirs =
        edge().post("/api/work", key, "{\"prompt\":\"p\",\"sessionId\":\"" + session + "\"}");
    assertThat(theirs.status()).as("the same id in another org is another session").isEqualTo(201);
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);
    assertThat(edge().get("/api/work/" + session, key).text("/state")).isEqualTo("pending");
  }

  @Test
  void aWaitingSessionIsNothingToWorkersOfAnotherOrg() {
    String token =
        edge().key("elsewhere", Key.Type.WORKER_REGISTRATION, Set.of(Scope.WORKER_REGISTER));
    TestWorker foreign = edge().register(token);
    String session = "auth-" + System.nanoTime();
    edge().server().enqueue("{\"prompt\":\"p\",\"sessionId\":\"" + session + "\"}");
    String path = "/api/daemon/sessions/" + session;
    assertThat(edge().get(path, REGISTRATION_TOKEN).status()).isEqualTo(200);
    for (String bearer : List.of(foreign.token(), token)) {
      Answer answer = edge().get(path, bearer);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("/error")).isEqualTo("Session not found");
    }
    String embedded = "/api/public/session-activities?sessionId=" + session;
    assertThat(edge().get(embedded, foreign.token()).status()).isEqualTo(404);
    edge().server().delete("/api/work/" + session, API_KEY);
  }

  @Test
  void aUserKeyOnboardsForItsProjectsAlone() {
    String key = edge().key("default", Key.Type.USER, Set.of(Scope.WORKER_REGISTER), "a", "b");
    for (String wrong :
        List.of("\"projectId\":\"c\"", "\"projectId\":\"a\",\"projectIds\":[\"c\"]")) {
      Answer refused =
          edge().post("/api/workers/register", key, "{\"hostname\":\"h\"," + wrong + "}");
      assertThat(refused.status()).as(wrong).isEqualTo(403);
    }
    Answer registered =
        edge().post("/api/workers/register", key, "{\"hostname\":\"h\",\"projectId\":\"b\"}");
    assertThat(registered.status()).isEqualTo(201);
    Answer info = edge().get("/api/workers/" + registered.text("/workerId"), API_KEY);
    assertThat(info.json().at("/projects").toString()).isEqualTo("[\"b\"]");
    edge().revoke("default", key);
    Answer poll =
        edge()
            .get(
                "/api/workers/" + registered.text("/workerId") + "/poll",
                registered.text("/runtimeToken"));
    assertThat(poll.status()).as("gone with its key").isEqualTo(404);
  }

  @Test
  void whatPeopleDoToASessionLeavesAnAuditLine() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    String session = claimed(worker, worker.token());
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);
    String path = "/api/public/sessions/" + new PublicIds(null).shortForm(session);
    assertThat(edge().post(path + "/prompt", API_KEY, "{\"prompt\":\"p\"}").status())
        .isEqualTo(200);
    assertThat(edge().post(path + "/stop", API_KEY, "").status()).isEqualTo(200);
    assertThat(edge().post("/api/cleanup", API_KEY, "").status()).isEqualTo(200);
    for (String verb : List.of("requeue", "send", "stop")) {
      String line = "verb=\"" + verb + "\" object=\"" + session + "\"";
      assertThat(edge().log()).filteredOn(each -> each.contains(line)).as(verb).hasSize(1);
    }
    assertThat(edge().log()).anyMatch(each -> each.contains("verb=\"sweep\""));
  }

  @Test
  void aRevokedCredentialTakesItsWorkersWithIt() {
    String token = edge().registrationToken();
    TestWorker worker = edge().register(token);
    TestWorker other = edge().register(REGISTRATION_TOKEN);
    String session = claimed(worker, worker.token());
    edge().revoke("default", token);
    for (String bearer : List.of(worker.token(), token)) {
      for (String call : WORKER_CALLS.subList(0, 3)) {
        Answer answer = call(call, worker, session, bearer);
        assertThat(answer.status()).as(call).isEqualTo(404);
        assertThat(answer.body()).contains("Worker not found");
      }
    }
    Answer report = call(SESSION_CALLS.get(0), worker, session, token);
    assertThat(report.status()).isEqualTo(403);
    assertThat(report.text("/error")).isEqualTo("Session is owned by another worker");
    for (String call : callsThatLookAtTheStanding()) {
      assertThat(call(call, worker, session, worker.token()).status()).as(call).isEqualTo(401);
    }
    // Known to this node for a while, and to the store no more.
    Answer again = edge().post("/api/workers/register", token, "{\"hostname\":\"h\"}");
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.text("/error")).isEqualTo("Invalid or missing API key");
    assertThat(other.poll().status()).isEqualTo(200);
    Answer seen = edge().get("/api/workers/" + worker.id(), API_KEY);
    assertThat(seen.text("/status")).as("its claims return by the lease").isEqualTo("offline");
    assertThat(call("DELETE /api/work/S", worker, session, API_KEY).status()).isEqualTo(200);
  }

  @Test
  void aWorkerThatIsGoneIsRefusedByEveryCallAtOnce() {
    for (boolean revoked : new boolean[] {true, false}) {
      String token = edge().registrationToken();
      TestWorker worker = edge().register(token);
      String session = claimed(worker, worker.token());
      for (String call : GONE_CALLS) {
        assertThat(call(call, worker, session, worker.token()).status()).as(call).isEqualTo(200);
      }
      String gone =
          revoked
              ? "/api/keys/key_" + Secrets.sha256(token).substring(0, 8)
              : "/api/workers/" + worker.id();
      assertThat(edge().call("DELETE", gone, API_KEY, null).status()).isEqualTo(200);
      for (String call : callsThatLookAtTheStanding()) {
        Answer answer = call(call, worker, session, worker.token());
        assertThat(answer.status()).as(call).isEqualTo(401);
        assertThat(answer.text("/error")).as(call).isEqualTo("Worker is no longer registered");
      }
      for (String call : WORKER_CALLS) {
        Answer answer = call(call, worker, session, worker.token());
        assertThat(answer.status()).as("%s: its clients register again", call).isEqualTo(404);
      }
      edge().server().delete("/api/work/" + session, API_KEY);
    }
  }

  private static List<String> callsThatLookAtTheStanding() {
    return Stream.concat(GONE_CALLS.stream(), SESSION_CALLS.stream()).toList();
  }

  @Test
  void aRegistrationTokenMayBeBoundToProjects() {
    String token = edge().registrationToken("a", "b");
    assertThat(
            edge()
                .post("/api/workers/register", token, "{\"hostname\":\"h\",\"projects\":[\"c\"]}")
                .status())
        .isEqualTo(403);
    assertThat(
            edge()
                .post(
                    "/api/workers/register",
                    token,
                    "{\"hostname\":\"h\",\"projects\":[\"a\"],\"projectIds\":[\"c\"]}")
                .status())
        .isEqualTo(403);
    Answer all = edge().post("/api/workers/register", token, "{\"hostname\":\"h\"}");
    assertThat(all.status()).isEqualTo(201);
    Answer worker = edge().get("/api/workers/" + all.text("/workerId"), token);
    assertThat(worker.json().at("/projects")).hasSize(2);
  }

  /** A session handed to the worker just now. */
  private String claimed(TestWorker worker, String bearer) {
    String session = "auth-" + System.nanoTime();
    edge()
        .server()
        .enqueue("{\"prompt\":\"p\",\"projectName\":\"none\",\"sessionId\":\"" + session + "\"}");
    Answer poll = edge().get("/api/workers/" + worker.id() + "/poll", bearer);
    assertThat(TestWorker.claimed(poll)).containsExactly(session);
    return session;
  }

  private Answer call(String call, TestWorker worker, String session, String bearer) {
    String[] part =
        call.replace("/W", "/" + worker.id())
            .replace("\"W\"", "\"" + worker.id() + "\"")
            .replaceAll("(?<=[/=])S", session)
            .replaceAll("(?<=[/=])P", new PublicIds(null).shortForm(session))
            .replace("\"S\"", "\"" + session + "\"")
            .split(" ", 3);
    return edge().call(part[0], part[1], bearer, part.length == 2 ? null : part[2]);
  }
}
