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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

public abstract class HeartbeatContract {

  private final String tag = "beat-" + System.nanoTime();

  protected abstract SluiceServer server();

  @Test
  void aHeartbeatSaysWhatItsWorkerTakes() {
    TestWorker worker =
        register(REGISTRATION_TOKEN, ",\"capacity\":9,\"projects\":[\"" + tag + "-a\"]");
    enqueue("1", "b");

    beat(worker, ",\"enabledProjectIds\":[\"" + tag + "-b\"]");
    assertThat(projects(worker)).as("without a mode").containsExactly(tag + "-a");

    CompletableFuture<Answer> parked = worker.park("?wait=20");
    beat(
        worker,
        ",\"projectAdmissionMode\":\"enumerated\",\"enabledProjectIds\":[\"" + tag + "-b\"]");
    assertThat(TestWorker.claimed(parked.join())).as("it is woken").containsExactly(tag + "-1");
    assertThat(projects(worker)).containsExactly(tag + "-b");

    beat(worker, ",\"projectAdmissionMode\":\"enumerated\"");
    assertThat(info(worker).at("/takesNothing").asBoolean()).isTrue();
    enqueue("2", "b");
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    assertThat(worker.report(tag + "-1", "completed").status())
        .as("its claim stays")
        .isEqualTo(200);

    beat(worker, ",\"projectAdmissionMode\":\"all-routed\",\"enabledProjectIds\":[\"x\"]");
    assertThat(projects(worker)).isEmpty();
    assertThat(info(worker).has("takesNothing")).isFalse();
    assertThat(TestWorker.claimed(worker.poll("?max=5"))).contains(tag + "-2");
    worker.report(tag + "-2", "completed");
    delete(worker);
  }

  @Test
  void aBoundKeyStillLimitsWhatItsWorkerTakes() {
    Answer minted =
        server()
            .post(
                "/api/keys",
                API_KEY,
                "{\"type\":\"worker-registration\",\"name\":\"n\",\"projects\":[\""
                    + tag
                    + "-a\",\""
                    + tag
                    + "-b\"]}");
    assertThat(minted.status()).as(minted.body()).isEqualTo(201);
    String key = minted.text("/secret");
    for (boolean byKey : List.of(false, true)) {
      TestWorker registered = register(key, "");
      TestWorker worker = byKey ? new TestWorker(server(), registered.id(), key) : registered;

      admit(worker, tag + "-b", "elsewhere");
      assertThat(projects(worker)).containsExactly(tag + "-b");
      admit(worker, "elsewhere");
      assertThat(info(worker).at("/takesNothing").asBoolean()).isTrue();
      beat(worker, ",\"projectAdmissionMode\":\"all-routed\"");
      assertThat(projects(worker)).containsExactly(tag + "-a", tag + "-b");
      delete(worker);
    }
  }

  @Test
  void aWorkerOfAPersonNeverTakesAll() {
    TestWorker worker = register(API_KEY, ",\"projectId\":\"" + tag + "-a\"");
    beat(worker, ",\"projectAdmissionMode\":\"all-routed\"");
    assertThat(projects(worker)).containsExactly(tag + "-a");
    admit(worker, tag + "-b");
    assertThat(projects(worker)).containsExactly(tag + "-b");
    delete(worker);
  }

  @Test
  void theLegacyKeyAdmitsAnything() {
    Answer registered = server().post("/api/workers/register", LEGACY_KEY, "{\"hostname\":\"h\"}");
    TestWorker worker = new TestWorker(server(), registered.text("/workerId"), LEGACY_KEY);
    admit(worker, tag + "-b");
    assertThat(projects(worker)).containsExactly(tag + "-b");
    beat(worker, ",\"projectAdmissionMode\":\"all-routed\"");
    assertThat(projects(worker)).isEmpty();
    delete(worker);
  }

  @Test
  void tooManyProjectsAreRefused() {
    TestWorker worker = register(REGISTRATION_TOKEN, "");
    String name = "p".repeat(200);
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      list.append(i == 0 ? "\"" : ",\"").append(name).append(i).append('"');
    }
    Answer refused = post(worker, ",\"enabledProjectIds\":[" + list + "]");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.body()).contains("enabledProjectIds");
    delete(worker);
  }

  @Test
  void quarantinedSessionsTakeSlots() {
    TestWorker worker =
        register(REGISTRATION_TOKEN, ",\"capacity\":3,\"projects\":[\"" + tag + "-q\"]");
    enqueue("1", "q");
    enqueue("2", "q");

    beat(
        worker, ",\"quarantinedSessions\":[{\"sessionId\":\"s\",\"consumesCapacity\":true},\"t\"]");

    assertThat(info(worker).at("/quarantinedSessions").asInt()).isEqualTo(2);
    assertThat(info(worker).at("/capacity").asInt()).isEqualTo(3);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "-1");
    worker.report(tag + "-1", "running");
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    beat(worker, ",\"quarantinedSessions\":3");
    assertThat(info(worker).at("/quarantinedSessions").asInt()).isEqualTo(3);

    beat(worker, "");
    assertThat(info(worker).has("quarantinedSessions")).as("Go omits an empty list").isFalse();
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "-2");
    beat(worker, ",\"quarantinedSessions\":1");
    server().post("/api/workers/" + worker.id() + "/refresh-token", REGISTRATION_TOKEN, "");
    assertThat(info(worker).at("/quarantinedSessions").asInt())
        .as("a refresh says nothing of it")
        .isEqualTo(1);
    worker.report(tag + "-1", "completed");
    worker.report(tag + "-2", "completed");
    delete(worker);
  }

  private void admit(TestWorker worker, String... projects) {
    beat(
        worker,
        ",\"projectAdmissionMode\":\"enumerated\",\"enabledProjectIds\":[\""
            + String.join("\",\"", projects)
            + "\"]");
  }

  private void beat(TestWorker worker, String members) {
    Answer answer = post(worker, members);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private Answer post(TestWorker worker, String members) {
    return server()
        .post(
            "/api/workers/" + worker.id() + "/heartbeat",
            worker.token(),
            "{\"activeCount\":0" + members + "}");
  }

  private JsonNode info(TestWorker worker) {
    return StrictJson.read(server().get("/api/workers/" + worker.id(), worker.token()));
  }

  private List<String> projects(TestWorker worker) {
    List<String> projects = new ArrayList<>();
    info(worker).at("/projects").forEach(each -> projects.add(each.asText()));
    return projects;
  }

  private void enqueue(String id, String project) {
    server()
        .enqueue(
            "{\"sessionId\":\"%s-%s\",\"prompt\":\"p\",\"projectName\":\"%s-%s\"}"
                .formatted(tag, id, tag, project));
  }

  private TestWorker register(String bearer, String members) {
    Answer registered =
        server().post("/api/workers/register", bearer, "{\"hostname\":\"h\"" + members + "}");
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private void delete(TestWorker worker) {
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);
  }
}
