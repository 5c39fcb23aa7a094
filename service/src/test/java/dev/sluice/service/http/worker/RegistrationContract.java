package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public abstract class RegistrationContract {

  protected abstract SluiceServer server();

  @Test
  void aUserKeyRegistersAWorkerForTheProjectItNames() {
    String tag = "onboard-" + System.nanoTime();
    Answer projectless = register(API_KEY, "");
    assertThat(projectless.status()).isEqualTo(400);
    assertThat(projectless.text("/field")).isEqualTo("projectId");
    assertThat(projectless.text("/error")).isEqualTo("projectId is required");
    Answer registered =
        register(API_KEY, ",\"projectId\":\"" + tag + "\",\"projectIds\":[\"" + tag + "-2\"]");
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    TestWorker worker = worker(registered);
    JsonNode info = info(worker.id());
    assertThat(info.at("/projects").toString()).isEqualTo("[\"" + tag + "\",\"" + tag + "-2\"]");
    enqueue(tag + "-s", tag);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "-s");
    assertThat(worker.report(tag + "-s", "completed").status()).isEqualTo(200);
    Answer refreshed =
        server().post("/api/workers/" + worker.id() + "/refresh-token", worker.token(), "");
    assertThat(refreshed.status()).as("with the token it was given").isEqualTo(200);
    delete(worker);
  }

  @Test
  void newest_clients_2_the_levels_that_a_machine_attests_are_kept() {
    String weakest =
        "{\"fileRead\":\"host\",\"fileWrite\":\"host\",\"network\":\"open\","
            + "\"credentials\":\"ambient-host-login\",\"isolation\":\"host-user\"}";
    String strong =
        "{\"fileRead\":\"home-minus-secrets\",\"fileWrite\":\"workarea\","
            + "\"network\":\"allow-list\",\"credentials\":\"short-lived-scoped\","
            + "\"isolation\":\"microvm\"}";
    attested(strong, strong);
    attested(weakest, weakest);
    attested(strong.replace("microvm", "chroot"), strong.replace("microvm", "host-user"));
    attested(strong.replace("\"microvm\"", "5"), strong.replace("microvm", "host-user"));
    attested(strong.replace("\"microvm\"", "null"), strong.replace("microvm", "host-user"));
    attested("{}", weakest);
    attested("{\"toolApproval\":\"bypass\",\"isolation\":{},\"disk\":[1]}", weakest);
    attested("{\"ISOLATION\":\"microvm\",\"n\":1e400}", weakest);
    for (String nothing : List.of("null", "5", "\"x\"", "[]", "true")) {
      attested(nothing, null);
    }
  }

  @Test
  void newest_clients_5_a_machine_id_is_a_name() {
    String tooLong = "x".repeat(10_240);
    for (String path : List.of("/api/workers/register", "/v1/daemon/register")) {
      for (String wrong :
          List.of("\"" + tooLong + "\"", "\"a\\u0000\"", "\"\\ud800\"", "7", "{}")) {
        Answer answer =
            server()
                .post(
                    path,
                    path.startsWith("/v1") ? null : REGISTRATION_TOKEN,
                    "{\"hostname\":\"h\",\"capacity\":1,\"registrationToken\":\"%s\",\"machineId\":%s}"
                        .formatted(REGISTRATION_TOKEN, wrong));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/field")).isEqualTo("machineId");
        assertThat(answer.body()).doesNotContain("xxx");
      }
    }
  }

  private void attested(String sent, @Nullable String kept) {
    TestWorker worker =
        worker(
            register(
                REGISTRATION_TOKEN, ",\"hostInfo\":{},\"executionSecurityEnforcement\":" + sent));
    JsonNode levels = info(worker.id()).get("executionSecurityEnforcement");
    assertThat(levels == null ? null : levels.toString()).as(sent).isEqualTo(kept);
    delete(worker);
  }

  @Test
  void anEarlierWorkerOfTheMachineIsRetired() {
    String tag = "machine-" + System.nanoTime();
    String body = ",\"capacity\":2,\"projects\":[\"" + tag + "\"],\"machineId\":\"" + tag + "\"";
    TestWorker idle = worker(register(REGISTRATION_TOKEN, body));
    TestWorker busy = worker(register(REGISTRATION_TOKEN, body));
    gone(idle);
    enqueue(tag + "-1", tag);
    assertThat(TestWorker.claimed(busy.poll())).containsExactly(tag + "-1");
    TestWorker other = worker(register(LEGACY_KEY, body));
    TestWorker next = worker(register(REGISTRATION_TOKEN, body));
    assertThat(info(busy.id()).at("/status").asText()).isEqualTo("draining");
    assertThat(info(other.id()).at("/status").asText())
        .as("of another credential")
        .isEqualTo("active");
    assertThat(listed(busy.id()).at("/status").asText()).isEqualTo("draining");

    enqueue(tag + "-2", tag);
    assertThat(TestWorker.claimed(busy.poll())).as("no new work").isEmpty();
    assertThat(busy.heartbeat(1).status()).isEqualTo(200);
    send(tag + "-1");
    assertThat(busy.poll().json().at("/inboxMessages/" + tag + "-1")).hasSize(1);
    assertThat(busy.report(tag + "-1", "running").status()).isEqualTo(200);
    assertThat(TestWorker.claimed(next.poll())).containsExactly(tag + "-2");

    assertThat(busy.report(tag + "-1", "completed").status()).isEqualTo(200);
    gone(busy);
    next.report(tag + "-2", "completed");
    delete(next);
    server().delete("/api/workers/" + other.id(), LEGACY_KEY);
  }

  @Test
  void aTypeScriptWorkerThatRegistersAnewTakesItsSessionsAlong() {
    String tag = "transfer-" + System.nanoTime();
    String body = ",\"capacity\":3,\"projects\":[\"" + tag + "\"],\"machineId\":\"" + tag + "\"";
    String before = register(LEGACY_KEY, body).text("/workerId");
    for (int i = 1; i <= 2; i++) {
      enqueue(tag + "-" + i, tag);
    }
    Answer poll = server().get("/api/workers/" + before + "/poll", LEGACY_KEY);
    assertThat(TestWorker.claimed(poll)).hasSize(2);
    String after = register(LEGACY_KEY, body).text("/workerId");
    for (int i = 1; i <= 2; i++) {
      Answer transferred =
          server()
              .post(
                  "/api/sessions/" + tag + "-" + i + "/transfer-ownership",
                  LEGACY_KEY,
                  "{\"newWorkerId\":\"" + after + "\",\"oldWorkerId\":\"" + before + "\"}");
      assertThat(transferred.json().at("/transferred").asBoolean()).as(transferred.body()).isTrue();
      int left = server().get("/api/workers/" + before, LEGACY_KEY).status();
      assertThat(left).as("while it holds any it is there").isEqualTo(i == 1 ? 200 : 404);
    }
    Answer late =
        server().post("/api/workers/" + before + "/heartbeat", LEGACY_KEY, "{\"activeCount\":0}");
    assertThat(late.status()).isEqualTo(404);
    assertThat(late.body()).contains("Worker not found");
    for (int i = 1; i <= 2; i++) {
      Answer report =
          server()
              .post(
                  "/api/sessions/" + tag + "-" + i + "/status",
                  LEGACY_KEY,
                  "{\"workerId\":\"" + after + "\",\"status\":\"completed\"}");
      assertThat(report.status()).as(report.body()).isEqualTo(200);
    }
    server().delete("/api/workers/" + after, LEGACY_KEY);
  }

  @Test
  void anEmptyListOfProjectsMeansNoneWhereItIsSaidToCount() {
    String tag = "admission-" + System.nanoTime();
    enqueue(tag + "-named", tag);
    server().enqueue("{\"sessionId\":\"" + tag + "-any\",\"prompt\":\"p\",\"priority\":1}");
    for (String list : List.of(",\"projectIds\":[]", ",\"projectIds\":null", "")) {
      TestWorker none =
          worker(
              register(REGISTRATION_TOKEN, ",\"capacity\":9,\"projectAdmissionVersion\":2" + list));
      assertThat(TestWorker.claimed(none.poll())).isEmpty();
      server()
          .post(
              "/api/workers/" + none.id() + "/heartbeat",
              none.token(),
              "{\"activeCount\":0,\"status\":\"idle\"}");
      assertThat(TestWorker.claimed(none.poll())).as("whatever it says of itself").isEmpty();
      assertThat(info(none.id()).at("/status").asText()).isEqualTo("draining");
      assertThat(info(none.id()).at("/projects")).isEmpty();
      assertThat(info(none.id()).at("/takesNothing").asBoolean()).isTrue();
      delete(none);
    }
    for (String all :
        List.of(
            ",\"projectAdmissionVersion\":2,\"projectAdmissionMode\":\"all-routed\",\"projectIds\":[]",
            ",\"projectAdmissionVersion\":2,\"projectAdmissionMode\":\"all-routed\","
                + "\"projectIds\":[\"else\"]",
            ",\"projectAdmissionVersion\":2,\"projectAdmissionMode\":\"all-routed\"",
            ",\"projectAdmissionVersion\":1,\"projectIds\":[]",
            ",\"projectIds\":[]")) {
      TestWorker worker = worker(register(REGISTRATION_TOKEN, all));
      assertThat(info(worker.id()).at("/projects")).as(all).isEmpty();
      assertThat(info(worker.id()).at("/status").asText()).as(all).isEqualTo("active");
      delete(worker);
    }
    TestWorker some =
        worker(
            register(
                REGISTRATION_TOKEN,
                ",\"capacity\":9,\"projectAdmissionVersion\":2,\"projectAdmissionMode\":\"other\","
                    + "\"projectIds\":[\""
                    + tag
                    + "\"]"));
    assertThat(TestWorker.claimed(some.poll())).contains(tag + "-named");
    delete(some);
    for (String name : List.of("-named", "-any")) {
      server().delete("/api/work/" + tag + name, API_KEY);
    }
  }

  /** The poll fails, refresh with the registration token, poll again; else register. */
  @Test
  void theGoDaemonsRecoveryConverges() {
    String tag = "recovery-" + System.nanoTime();
    String body = ",\"machineId\":\"" + tag + "\",\"hostInfo\":{},\"projectIds\":[\"" + tag + "\"]";
    TestWorker worker = worker(register(REGISTRATION_TOKEN, body));
    String refresh = "/api/workers/" + worker.id() + "/refresh-token";
    assertThat(server().get("/api/workers/" + worker.id() + "/poll", "a.b.c").status())
        .isEqualTo(401);
    Answer refreshed = server().post(refresh, REGISTRATION_TOKEN, "{}");
    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.text("/workerId")).isEqualTo(worker.id());
    TestWorker same = new TestWorker(server(), worker.id(), refreshed.text("/runtimeToken"));
    enqueue(tag + "-1", tag);
    assertThat(TestWorker.claimed(same.poll())).containsExactly(tag + "-1");
    assertThat(same.heartbeat(1).status()).isEqualTo(200);

    TestWorker next = worker(register(REGISTRATION_TOKEN, body));
    Answer retired = server().post(refresh, REGISTRATION_TOKEN, "{}");
    assertThat(retired.status()).as("it holds a session").isEqualTo(200);
    assertThat(same.poll().status()).isEqualTo(200);
    assertThat(same.report(tag + "-1", "completed").status()).isEqualTo(200);
    assertThat(server().get("/api/workers/" + worker.id() + "/poll", same.token()).status())
        .isEqualTo(404);
    for (String bearer : List.of(REGISTRATION_TOKEN, same.token())) {
      Answer lost = server().post(refresh, bearer, "{}");
      assertThat(lost.status()).as("so that it registers anew").isEqualTo(404);
      assertThat(lost.body()).contains("Worker not found");
    }
    delete(next);
    String gone = "/api/workers/" + next.id() + "/refresh-token";
    assertThat(server().post(gone, REGISTRATION_TOKEN, "{}").status()).isEqualTo(404);
  }

  @Test
  void aRefreshIsASignOfLife() {
    TestWorker worker = worker(register(REGISTRATION_TOKEN, ""));
    worker.heartbeat(3);
    long before = info(worker.id()).at("/lastHeartbeat").asLong();
    long after = before;
    for (int i = 0; i < 1_000 && after == before; i++) { // a few may fall into one millisecond
      server().post("/api/workers/" + worker.id() + "/refresh-token", REGISTRATION_TOKEN, "{}");
      after = info(worker.id()).at("/lastHeartbeat").asLong();
    }
    assertThat(after).isGreaterThan(before);
    assertThat(info(worker.id()).at("/activeCount").asInt()).isEqualTo(3);
    delete(worker);
  }

  @Test
  void howAWorkerIsAnsweredIsShown() {
    String tag = "dialect-" + System.nanoTime();
    String projects = ",\"projects\":[\"" + tag + "\"]";
    TestWorker standard = worker(register(REGISTRATION_TOKEN, projects));
    TestWorker daemon = worker(register(REGISTRATION_TOKEN, projects + ",\"hostInfo\":{}"));
    TestWorker snake = worker(register(REGISTRATION_TOKEN, projects + ",\"pid\":7"));
    assertThat(info(standard.id()).at("/dialect").asText()).isEqualTo("standard");
    assertThat(info(daemon.id()).at("/dialect").asText()).isEqualTo("go-daemon");
    assertThat(info(snake.id()).at("/dialect").asText()).isEqualTo("snake-case");
    enqueue(tag + "-1", tag);
    assertThat(TestWorker.claimed(standard.poll())).containsExactly(tag + "-1");
    String refresh = "/api/sessions/" + tag + "-1/lock-refresh";
    assertThat(server().post(refresh, standard.token(), "{\"ackedInject\":\"1-1\"}").status())
        .isEqualTo(200);
    assertThat(info(standard.id()).at("/dialect").asText())
        .as("recognised by how it refreshes")
        .isEqualTo("go-daemon");
    standard.report(tag + "-1", "completed");
    List.of(standard, daemon, snake).forEach(this::delete);
  }

  private void gone(TestWorker worker) {
    Answer poll = server().get("/api/workers/" + worker.id() + "/poll", worker.token());
    assertThat(poll.status()).isEqualTo(404);
    assertThat(poll.body()).contains("Worker not found");
    assertThat(server().get("/api/workers/" + worker.id(), API_KEY).status()).isEqualTo(404);
  }

  private JsonNode info(String workerId) {
    return StrictJson.read(server().get("/api/workers/" + workerId, API_KEY));
  }

  private JsonNode listed(String workerId) {
    for (JsonNode worker : server().get("/api/workers", API_KEY).json().at("/workers")) {
      if (worker.at("/id").asText().equals(workerId)) {
        return worker;
      }
    }
    throw new AssertionError(workerId + " is not listed");
  }

  private void send(String sessionId) {
    Answer sent =
        server()
            .post(
                "/api/sessions/" + sessionId + "/inbox",
                API_KEY,
                "{\"type\":\"directive\",\"payload\":\"p\"}");
    assertThat(sent.status()).isEqualTo(202);
  }

  private void enqueue(String id, String project) {
    server()
        .enqueue(
            "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + project + "\"}");
  }

  private Answer register(String bearer, String members) {
    return server().post("/api/workers/register", bearer, "{\"hostname\":\"h\"" + members + "}");
  }

  private TestWorker worker(Answer registered) {
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private void delete(TestWorker worker) {
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);
  }
}
