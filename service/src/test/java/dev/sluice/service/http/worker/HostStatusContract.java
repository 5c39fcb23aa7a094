package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The {@code hostStatus} of a Go daemon: docs/protocol.md, "Heartbeat". */
public abstract class HostStatusContract {

  private final String tag = "status-" + System.nanoTime();

  protected abstract SluiceServer server();

  @Test
  void newest_clients_7_a_drained_daemon_is_told_so_and_then_ok() {
    TestWorker worker = register(",\"hostInfo\":{}");
    assertStatus(worker, "ok");
    for (String path : List.of("/api/workers/" + worker.id(), "/api/hosts/" + tag)) {
      assertThat(server().post(path + "/drain", API_KEY, "{}").status()).isEqualTo(200);
      assertStatus(worker, "pool_draining");
      assertStatus(worker, "pool_draining");
      assertThat(server().post(path + "/undrain", API_KEY, "{}").status()).isEqualTo(200);
      assertStatus(worker, "ok");
      assertStatus(worker, "ok");
    }
    delete(worker);
  }

  @Test
  void newest_clients_7_a_drain_of_its_host_and_of_itself_is_one() {
    TestWorker worker = register(",\"hostInfo\":{}");
    String self = "/api/workers/" + worker.id();
    String host = "/api/hosts/" + tag;
    for (List<String> paths : List.of(List.of(self, host), List.of(host, self))) {
      for (String path : paths) {
        assertThat(server().post(path + "/drain", API_KEY, "{}").status()).isEqualTo(200);
        assertStatus(worker, "pool_draining");
      }
      assertThat(server().post(paths.get(0) + "/undrain", API_KEY, "{}").status()).isEqualTo(200);
      assertStatus(worker, "ok");
    }
    delete(worker);
  }

  @Test
  void newest_clients_7_a_daemon_that_registers_on_a_drained_host_is_drained_by_the_next_call() {
    TestWorker first = register(",\"hostInfo\":{}");
    server().post("/api/hosts/" + tag + "/drain", API_KEY, "{}");
    TestWorker later = register(",\"hostInfo\":{}");
    assertStatus(first, "pool_draining");
    assertStatus(later, "ok");

    server().post("/api/hosts/" + tag + "/drain", API_KEY, "{}");

    assertStatus(later, "pool_draining");
    server().post("/api/hosts/" + tag + "/undrain", API_KEY, "{}");
    assertStatus(first, "ok");
    assertStatus(later, "ok");
    delete(first);
    delete(later);
  }

  @Test
  void aGoDaemonThatDrainsByItselfIsToldOk() {
    TestWorker worker = register(",\"hostInfo\":{}");
    assertThat(beat(worker, ",\"status\":\"draining\"").text("/hostStatus/status")).isEqualTo("ok");
    delete(worker);
  }

  @Test
  void noOtherWorkerIsToldAnything() {
    for (String members : List.of("", ",\"max_agents\":1")) {
      TestWorker worker = register(members);
      assertThat(beat(worker, "").json().has("hostStatus")).isFalse();
      server().post("/api/workers/" + worker.id() + "/drain", API_KEY, "{}");
      assertThat(beat(worker, "").json().has("hostStatus")).isFalse();
      delete(worker);
    }
  }

  @Test
  void aGoDaemonThatNoLongerPollsEndsItsSessions() {
    String session = tag + "-1";
    TestWorker worker = register(",\"hostInfo\":{},\"projectIds\":[\"" + tag + "\"]");
    server()
        .enqueue(
            "{\"sessionId\":\"%s\",\"prompt\":\"p\",\"projectName\":\"%s\"}"
                .formatted(session, tag));
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
    worker.report(session, "running");
    server().post("/api/workers/" + worker.id() + "/drain", API_KEY, "{}");
    assertStatus(worker, "pool_draining");

    Answer refreshed =
        server()
            .post(
                "/api/sessions/" + session + "/lock-refresh",
                worker.token(),
                "{\"workerId\":\"" + worker.id() + "\",\"issueId\":\"i\"}");
    assertThat(refreshed.json().get("refreshed").asBoolean()).isTrue();
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);
    assertStatus(worker, "pool_draining");
    delete(worker);
  }

  @Test
  void newest_clients_7_receipts_of_mutations_are_ignored_whatever_they_are() {
    TestWorker worker = register(",\"hostInfo\":{}");
    for (String value :
        List.of("null", "5", "\"x\"", "{}", "[]", "[5]", "[\"m\"]", "[{\"id\":5}]", "true")) {
      for (String member : List.of("appliedMutations", "mutationFailures")) {
        beat(worker, ",\"" + member + "\":" + value);
      }
    }
    delete(worker);
  }

  /** They would change a file on somebody's machine. */
  @Test
  void newest_clients_7_no_mutation_is_ever_sent() {
    TestWorker worker = register(",\"hostInfo\":{},\"version\":\"0.72.67\"");
    server().post("/api/workers/" + worker.id() + "/drain", API_KEY, "{}");
    for (String receipts : List.of("", ",\"appliedMutations\":[\"m\"],\"mutationFailures\":[]")) {
      assertThat(beat(worker, receipts).json().has("pendingMutations")).isFalse();
    }
    delete(worker);
  }

  @Test
  void newest_clients_6_a_poll_has_no_lane_that_is_not_meant_so() {
    TestWorker worker =
        register(",\"hostInfo\":{},\"capabilities\":[\"merge-queue\",\"kg-extraction\"]");
    JsonNode polled = worker.poll().json();
    assertThat(polled.has("landingWork") || polled.has("kgExtractWork")).isFalse();
    delete(worker);
  }

  private void assertStatus(TestWorker worker, String status) {
    Answer answer = beat(worker, "");
    assertThat(answer.text("/hostStatus/status")).isEqualTo(status);
    assertThat(answer.text("/hostStatus/recommendedAction")).isNotBlank();
  }

  private Answer beat(TestWorker worker, String members) {
    Answer answer =
        server()
            .post(
                "/api/workers/" + worker.id() + "/heartbeat",
                worker.token(),
                "{\"activeCount\":0" + members + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private TestWorker register(String members) {
    Answer registered =
        server()
            .post(
                "/api/workers/register",
                REGISTRATION_TOKEN,
                "{\"hostname\":\"" + tag + "\"" + members + "}");
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private void delete(TestWorker worker) {
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);
  }
}
