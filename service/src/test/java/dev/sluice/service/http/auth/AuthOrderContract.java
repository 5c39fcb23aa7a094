package dev.sluice.service.http.auth;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.ApiCall.WorkerAccess;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The first of several reasons to refuse a worker's call counts: 401, 403, 404, 400. After another
 * status a client does the wrong thing next, and some never recover.
 */
abstract class AuthOrderContract {

  private static final String MALFORMED = "{\"activeCount\":-1,\"status\":5,\"lane\":1,";

  private static final List<String> WORKER_CALLS =
      ApiCall.of(WorkerAccess.ITSELF).stream()
          .filter(call -> call.names("worker"))
          .map(ApiCall::toString)
          .toList();

  /** Reports of a status come first. */
  private static final List<String> SESSION_CALLS =
      Stream.of(WorkerAccess.OWNER, WorkerAccess.LEASE)
          .flatMap(workers -> ApiCall.of(workers).stream())
          .map(ApiCall::toString)
          .toList();

  protected abstract AuthEdge edge();

  @Test
  void ofAWorkersCall() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    TestWorker gone = edge().register(REGISTRATION_TOKEN);
    assertThat(edge().call("DELETE", "/api/workers/" + gone.id(), gone.token(), null).status())
        .isEqualTo(200);
    for (String call : WORKER_CALLS) {
      for (String bearer : List.of("stub.a.b.c", "rsk_live_unknown_0123456789")) {
        assertThat(status(call, "wkr_unknown", bearer)).as(call + " by nobody").isEqualTo(401);
      }
      for (String id :
          List.of("wkr_unknown", gone.id(), worker.id() + "x", "%01", "w".repeat(300))) {
        assertThat(status(call, id, worker.token()))
            .as(call + " of another worker, gone or impossible or not")
            .isEqualTo(403);
      }
      assertThat(status(call, gone.id(), gone.token())).as(call + ", gone").isEqualTo(404);
      for (String bearer : List.of(REGISTRATION_TOKEN, LEGACY_KEY)) {
        assertThat(status(call, gone.id(), bearer)).as(call + ", gone").isEqualTo(404);
        assertThat(status(call, "wkr_unknown", bearer)).as(call + ", unknown").isEqualTo(404);
      }
      if (call.startsWith("POST")) {
        assertThat(status(call, worker.id(), worker.token())).as(call).isEqualTo(400);
      }
    }
    for (String call : WORKER_CALLS.subList(0, 3)) {
      assertThat(status(call, "%01", API_KEY)).as(call + " by a user").isEqualTo(403);
    }
    assertThat(worker.poll().status()).as("none of this ended it").isEqualTo(200);
  }

  @Test
  void ofACallAboutASession() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    String session = "order-" + System.nanoTime();
    edge()
        .server()
        .enqueue("{\"prompt\":\"p\",\"projectName\":\"none\",\"sessionId\":\"" + session + "\"}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
    String otherWorker = "{\"workerId\":\"wkr_other\",\"status\":5,\"lane\":1}";
    for (String call : SESSION_CALLS) {
      assertThat(status(call, "unknown", "stub.a.b.c")).as(call).isEqualTo(401);
      assertThat(status(call, "unknown", API_KEY)).as(call).isEqualTo(403);
      assertThat(post(call, "unknown", worker.token(), otherWorker).status())
          .as(call + " for another worker, which may be one that it has replaced")
          .isEqualTo(404);
      assertThat(post(call, session, worker.token(), otherWorker).status())
          .as(call + " for another worker; a wrong body comes first")
          .isIn(400, 403);
      for (String bearer : List.of(worker.token(), REGISTRATION_TOKEN, LEGACY_KEY)) {
        Answer unknown = edge().call("POST", path(call, "unknown"), bearer, MALFORMED);
        assertThat(unknown.status()).as(call).isEqualTo(404);
        assertThat(unknown.text("/error")).isEqualTo("Session not found");
        assertThat(status(call, session, bearer)).as(call).isEqualTo(400);
      }
    }
    Answer status = post(SESSION_CALLS.get(0), session, worker.token(), "{\"status\":\"none\"}");
    assertThat(status.text("/field")).isEqualTo("status");
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);
  }

  private int status(String call, String id, String bearer) {
    return call.startsWith("POST")
        ? post(call, id, bearer, MALFORMED).status()
        : edge().call(call.substring(0, call.indexOf(' ')), path(call, id), bearer, null).status();
  }

  private Answer post(String call, String id, String bearer, String body) {
    return edge().call("POST", path(call, id), bearer, body);
  }

  private static String path(String call, String id) {
    return call.substring(call.indexOf(' ') + 1).replace("{id}", id);
  }
}
