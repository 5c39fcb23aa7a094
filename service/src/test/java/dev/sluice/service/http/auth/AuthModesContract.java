package dev.sluice.service.http.auth;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.ApiCall.WorkerAccess;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workers and sessions that a credential may act for while both exist. */
abstract class AuthModesContract {

  private static final List<ApiCall> WORKER_CALLS =
      ApiCall.of(WorkerAccess.ITSELF).stream().filter(call -> call.names("worker")).toList();

  private static final List<ApiCall> CALLS_OF_WORKERS_ALONE =
      WORKER_CALLS.stream().filter(ApiCall::forNoPerson).toList();

  private static final List<ApiCall> SESSION_CALLS = ApiCall.of(WorkerAccess.OWNER);

  /** The calls of a session's worker, except reports. */
  private static final List<ApiCall> GONE_CALLS =
      ApiCall.ALL.stream()
          .filter(
              call ->
                  call.workers() == WorkerAccess.ALL
                          && !call.forEverybody()
                          && call.success() == 200
                      || call.path().endsWith("/transfer-ownership"))
          .toList();

  protected abstract AuthEdge edge();

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
        for (ApiCall call : WORKER_CALLS) {
          Answer answer = call(call, worker, session, mine);
          assertThat(answer.status()).as("%s", call).isEqualTo(404);
          assertThat(answer.text("/error")).as("%s", call).isEqualTo("Worker not found");
        }
        for (ApiCall call : SESSION_CALLS) {
          Answer answer = call(call, worker, session, mine);
          assertThat(answer.status()).as("%s", call).isEqualTo(403);
          assertThat(answer.text("/error")).isEqualTo("Session is owned by another worker");
        }
        for (ApiCall call : SESSION_CALLS) {
          assertThat(call(call, worker, session, theirs).status())
              .as("%s by its own, untouched by the others", call)
              .isEqualTo(call.success());
        }
        assertThat(edge().call("DELETE", "/api/workers/" + worker.id(), theirs, null).status())
            .isEqualTo(200);
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
    for (ApiCall call : WORKER_CALLS) {
      Answer answer = call(call, theirs, session, mine.token());
      assertThat(answer.status()).as("%s", call).isEqualTo(403);
      assertThat(answer.body())
          .as("that would send its clients to refresh")
          .doesNotContain("found");
    }
    for (ApiCall call : SESSION_CALLS) {
      assertThat(call(call, theirs, session, mine.token()).status())
          .as("%s: the body names another worker", call)
          .isEqualTo(403);
      Answer own = call(call, mine, session, mine.token());
      assertThat(own.status()).as("%s", call).isEqualTo(403);
      assertThat(own.text("/error")).isEqualTo("Session is owned by another worker");
    }
    assertThat(theirs.report(session, "completed").status()).isEqualTo(200);
  }

  @Test
  void aKeyOfAnotherOrgSeesNothingOfThisOne() {
    String key = edge().key("elsewhere", Key.Type.USER, Set.of(Scope.values()));
    String token =
        edge().key("elsewhere", Key.Type.WORKER_REGISTRATION, Set.of(Scope.WORKER_REGISTER));
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    String session = claimed(worker, worker.token());
    for (ApiCall call : WORKER_CALLS) {
      assertThat(call(call, worker, session, token).status()).as("%s", call).isEqualTo(404);
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
      for (ApiCall call : CALLS_OF_WORKERS_ALONE) {
        Answer answer = call(call, worker, session, bearer);
        assertThat(answer.status()).as("%s", call).isEqualTo(404);
        assertThat(answer.body()).contains("Worker not found");
      }
    }
    Answer report = call(SESSION_CALLS.get(0), worker, session, token);
    assertThat(report.status()).isEqualTo(403);
    assertThat(report.text("/error")).isEqualTo("Session is owned by another worker");
    for (ApiCall call : callsThatLookAtTheStanding()) {
      assertThat(call(call, worker, session, worker.token()).status())
          .as("%s", call)
          .isEqualTo(401);
    }
    // Known to this node for a while, and to the store no more.
    Answer again = edge().post("/api/workers/register", token, "{\"hostname\":\"h\"}");
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.text("/error")).isEqualTo("Invalid or missing API key");
    assertThat(other.poll().status()).isEqualTo(200);
    Answer seen = edge().get("/api/workers/" + worker.id(), API_KEY);
    assertThat(seen.text("/status")).as("its claims return by the lease").isEqualTo("offline");
    assertThat(edge().call("DELETE", "/api/work/" + session, API_KEY, null).status())
        .isEqualTo(200);
  }

  @Test
  void aWorkerThatIsGoneIsRefusedByEveryCallAtOnce() {
    for (boolean revoked : new boolean[] {true, false}) {
      String token = edge().registrationToken();
      TestWorker worker = edge().register(token);
      String session = claimed(worker, worker.token());
      for (ApiCall call : GONE_CALLS) {
        assertThat(call(call, worker, session, worker.token()).status())
            .as("%s", call)
            .isEqualTo(200);
      }
      String gone =
          revoked
              ? "/api/keys/key_" + Secrets.sha256(token).substring(0, 8)
              : "/api/workers/" + worker.id();
      assertThat(edge().call("DELETE", gone, API_KEY, null).status()).isEqualTo(200);
      for (ApiCall call : callsThatLookAtTheStanding()) {
        Answer answer = call(call, worker, session, worker.token());
        assertThat(answer.status()).as("%s", call).isEqualTo(401);
        assertThat(answer.text("/error"))
            .as("%s", call)
            .isEqualTo("Worker is no longer registered");
      }
      for (ApiCall call : WORKER_CALLS) {
        Answer answer = call(call, worker, session, worker.token());
        assertThat(answer.status()).as("%s: its clients register again", call).isEqualTo(404);
      }
      edge().server().delete("/api/work/" + session, API_KEY);
    }
  }

  private static List<ApiCall> callsThatLookAtTheStanding() {
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

  private String claimed(TestWorker worker, String bearer) {
    String session = "auth-" + System.nanoTime();
    edge()
        .server()
        .enqueue("{\"prompt\":\"p\",\"projectName\":\"none\",\"sessionId\":\"" + session + "\"}");
    Answer poll = edge().get("/api/workers/" + worker.id() + "/poll", bearer);
    assertThat(TestWorker.claimed(poll)).containsExactly(session);
    return session;
  }

  private Answer call(ApiCall call, TestWorker worker, String session, String bearer) {
    UnaryOperator<String> ids =
        name ->
            switch (name) {
              case "worker" -> worker.id();
              case "session" -> session;
              case "message" -> "1-1";
              default -> throw new AssertionError(name);
            };
    String body = ApiCall.fill(call.body(), ids);
    String path = ApiCall.fill(call.path(), ids);
    return edge().call(call.method(), path, bearer, body.isEmpty() ? null : body);
  }
}
