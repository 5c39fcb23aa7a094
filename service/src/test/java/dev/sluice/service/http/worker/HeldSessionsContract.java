package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workers that list what they run: docs/protocol.md, "Held sessions". */
public abstract class HeldSessionsContract {

  private final String tag = "held-" + System.nanoTime();

  protected abstract SluiceServer server();

  @Test
  void aHeartbeatTellsWhatToDoWithEachSession() {
    TestWorker worker = worker(register(""));
    enqueue("1");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "-1");

    for (String sessions :
        List.of(
            "\"sessions\":[\"%s-1\",{\"sessionId\":\"%s-2\",\"state\":\"running\"}]",
            "\"held_sessions\":[{\"session_id\":\"%s-1\"},\"%s-2\"]",
            "\"activeSessionIds\":[\"%s-1\",\"%s-2\",\"%1$s-1\"]")) {
      JsonNode verdicts = beat(worker, sessions.formatted(tag, tag)).json().at("/sessions");
      assertThat(verdicts.size()).isEqualTo(2);
      assertThat(verdicts.at("/" + tag + "-1").asText()).isEqualTo("keep");
      assertThat(verdicts.at("/" + tag + "-2").asText()).isEqualTo("reap");
    }
    assertThat(info(worker).at("/unknownHeld").toString()).isEqualTo("[\"" + tag + "-2\"]");
    assertThat(beat(worker, "\"sessions\":[]").json().at("/sessions").isObject()).isTrue();
    assertThat(beat(worker, "\"status\":\"busy\"").json().has("sessions")).isFalse();
    assertThat(beat(worker, "\"sessions\":[]").status()).isEqualTo(200);
    assertThat(info(worker).at("/notHeld").toString())
        .as("two lists in a row, whatever came between")
        .isEqualTo("[\"" + tag + "-1\"]");
    assertThat(worker.report(tag + "-1", "completed").status()).isEqualTo(200);
    assertThat(info(worker).has("notHeld")).isFalse();
    delete(worker);
  }

  @Test
  void aWorkerThatStartsAgainTakesUpWhatItStillRuns() {
    String machine = ",\"machineId\":\"" + tag + "\"";
    TestWorker old = worker(register(machine));
    enqueue("1");
    enqueue("2");
    assertThat(TestWorker.claimed(old.poll("?max=5"))).hasSize(2);
    old.report(tag + "-1", "running");

    Answer registered =
        register(machine + ",\"sessions\":[\"" + tag + "-1\",\"" + tag + "-unknown\"]");

    TestWorker later = worker(registered);
    JsonNode verdicts = registered.json().at("/sessions");
    assertThat(verdicts.at("/" + tag + "-1").asText()).isEqualTo("adopt");
    assertThat(verdicts.at("/" + tag + "-unknown").asText()).isEqualTo("reap");
    assertThat(info(later).at("/activeSessions").toString()).contains(tag + "-1");
    assertThat(old.report(tag + "-1", "completed").status()).isEqualTo(403);
    assertThat(later.report(tag + "-1", "completed").status()).isEqualTo(200);
    assertThat(beat(later, "\"sessions\":[\"" + tag + "-2\"]").json().at("/sessions").toString())
        .as("a list in a heartbeat is as good")
        .isEqualTo("{\"" + tag + "-2\":\"adopt\"}");
    assertThat(server().get("/api/workers/" + old.id(), REGISTRATION_TOKEN).status())
        .isEqualTo(404);
    later.report(tag + "-2", "completed");
    delete(later);
  }

  @Test
  void listsAreBounded() {
    TestWorker worker = worker(register(""));
    String list =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(n -> "\"s-" + n + "\"")
            .collect(Collectors.joining(","));
    assertThat(beat(worker, "\"sessions\":[" + list + "]").json().at("/sessions").size())
        .isEqualTo(1_000);
    Answer refused = beat(worker, "\"sessions\":[" + list + ",\"one more\"]");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.text("/field")).isEqualTo("sessions");
    delete(worker);
  }

  private Answer beat(TestWorker worker, String members) {
    return server()
        .post(
            "/api/workers/" + worker.id() + "/heartbeat",
            worker.token(),
            "{\"activeCount\":0," + members + "}");
  }

  private JsonNode info(TestWorker worker) {
    return StrictJson.read(server().get("/api/workers/" + worker.id(), worker.token()));
  }

  private void enqueue(String id) {
    server()
        .enqueue(
            "{\"sessionId\":\"%s-%s\",\"prompt\":\"p\",\"projectName\":\"%s\"}"
                .formatted(tag, id, tag));
  }

  private Answer register(String members) {
    Answer registered =
        server()
            .post(
                "/api/workers/register",
                REGISTRATION_TOKEN,
                "{\"hostname\":\"h\",\"capacity\":5,\"projects\":[\""
                    + tag
                    + "\"]"
                    + members
                    + "}");
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return registered;
  }

  private TestWorker worker(Answer registered) {
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private void delete(TestWorker worker) {
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);
  }
}
