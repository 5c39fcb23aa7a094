package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Restarts and lost answers that neither double nor end a session that runs. */
abstract class RestartContract extends ReplayScene {

  /** Longer than a lease. */
  private static final Duration SILENCE = Duration.ofSeconds(200);

  private String machine() {
    return ",\"machineId\":\"" + tag + "\"";
  }

  private static JsonNode list(ReplayWorker worker, String... sessions) {
    String ids = Arrays.stream(sessions).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    return worker
        .calls()
        .post(
            "/api/workers/" + worker.id() + "/heartbeat",
            "{\"activeCount\":%d,\"sessions\":%s}".formatted(sessions.length, ids))
        .at("/sessions");
  }

  @Test
  void afterASilenceAWorkerGoesOnWithAllThatNoOtherHas() {
    List<String> ids = List.of(enqueue("1"), enqueue("2"), enqueue("3"));
    ReplayWorker cutOff = worker(3);
    assertThat(cutOff.claims()).containsExactlyElementsOf(ids);
    ids.forEach(id -> cutOff.report(id, "running"));
    server().pass(SILENCE);
    ReplayWorker other = worker(1);
    other.run(ids.get(0));

    JsonNode verdicts = list(cutOff, ids.toArray(String[]::new));

    assertThat(verdicts.path(ids.get(0)).asText()).isEqualTo("reap");
    assertThat(verdicts.path(ids.get(1)).asText()).isEqualTo("adopt");
    assertThat(verdicts.path(ids.get(2)).asText()).isEqualTo("adopt");
    assertThat(held(other)).containsExactly(ids.get(0));
    assertThat(held(cutOff)).containsExactly(ids.get(1), ids.get(2));
    assertThat(worker(3).claims()).as("nothing is done twice").isEmpty();
    for (String id : List.of(ids.get(1), ids.get(2))) {
      assertThat(list(cutOff, id).path(id).asText()).isEqualTo("keep");
      cutOff.report(id, "completed");
    }
  }

  @Test
  void aDaemonThatStartsAgainTakesUpItsProcesses() {
    List<String> ids = List.of(enqueue("1"), enqueue("2"));
    ReplayWorker first = worker(2, machine());
    assertThat(first.claims()).containsExactlyElementsOf(ids);
    ids.forEach(id -> first.report(id, "running"));
    ReplayWorker second = worker(2, machine());
    assertThat(list(second, ids.get(0)).path(ids.get(0)).asText()).isEqualTo("adopt");
    assertThat(state(ids.get(0))).isEqualTo("running");
    assertThat(list(first, ids.get(0)).path(ids.get(0)).asText())
        .as("an old process that still lives")
        .isEqualTo("reap");

    server().pass(SILENCE); // and the host is cut off for a while
    ReplayWorker third = worker(2, machine());

    ids.forEach(id -> assertThat(place(id)).isEqualTo("ready"));
    assertThat(list(third, ids.get(0)).path(ids.get(0)).asText()).isEqualTo("adopt");
    third.report(ids.get(0), "completed");
    assertThat(worker(2).claims()).as("which no process runs").containsExactly(ids.get(1));
  }

  @Test
  void anAnswerThatNoWorkerReadCostsTwoHeartbeats() {
    String id = enqueue("lost");
    ReplayWorker worker = worker(1);
    assertThat(worker.claims()).containsExactly(id); // the connection breaks here
    passAlive(Duration.ofSeconds(1), worker); // counts it, being about to read
    assertThat(held(worker)).containsExactly(id);
    for (int beat = 0; beat < 2; beat++) {
      server().pass(Duration.ofSeconds(30));
      worker.heartbeat(0);
    }

    assertThat(held(worker)).isEmpty();
    assertThat(worker.claims()).containsExactly(id);
    worker.report(id, "completed");
  }
}
