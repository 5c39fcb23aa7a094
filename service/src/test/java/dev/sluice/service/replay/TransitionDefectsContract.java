package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.queues.QueueLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Absent defects: the open-source server's, in reports and after a session's end. */
abstract class TransitionDefectsContract extends ReplayScene {

  private static final AuditNote BY = new AuditNote("who", "why");

  private static final String OWNED = "owned by another worker";
  private static final long DOLLAR = 1_000_000;

  @Test
  void aSessionWithoutOwnerTakesNoReportOfAnotherWorker() {
    String id = enqueue("ownerless");
    ReplayWorker old = worker(1);
    old.run(id);
    server().pass(Duration.ofSeconds(200));
    ReplayWorker stranger = worker(1);
    assertThat(stranger.refused(403, id, "running")).contains(OWNED);
    assertThat(place(id)).isEqualTo("ready");
    assertThat(stranger.claims()).as("its item is whole").containsExactly(id);
    assertThat(old.refused(403, id, "running")).contains(OWNED);
    assertThat(stranger.status(id).at("/workerId").asText()).isEqualTo(stranger.id());
  }

  @Test
  void aLateReportOfALostSessionTakesItBackWholeOutOfTheQueue() {
    String id = enqueue("lost");
    ReplayWorker old = worker(1);
    old.run(id);
    server().pass(Duration.ofSeconds(200));
    assertThat(place(id)).isEqualTo("ready");
    old.report(id, "running");
    assertThat(place(id)).isEqualTo("claimed");
    assertThat(held(old)).containsExactly(id);
    assertThat(worker(1).claims()).as("it waits no more").isEmpty();
    passAlive(Duration.ofMinutes(10), old);
    assertThat(old.report(id, "completed").at("/session/status").asText()).isEqualTo("completed");
  }

  @Test
  void aLateRunningResurrectsNoEndedSession() {
    for (String end : List.of("completed", "failed", "stopped")) {
      String id = enqueue(end);
      ReplayWorker worker = worker(1);
      worker.run(id);
      worker.report(id, end);
      for (String late : List.of("running", "finalizing")) {
        JsonNode answer = worker.report(id, late);
        assertThat(answer.at("/updated").asBoolean()).isFalse();
        assertThat(answer.at("/session/status").asText()).isEqualTo(end);
      }
      assertThat(worker.refused(409, id, end.equals("failed") ? "completed" : "failed"))
          .isNotEmpty();
      assertThat(state(id)).isEqualTo(end);
      assertThat(held(worker)).isEmpty();
    }
  }

  @Test
  void aLateRunningDoesNotRegressAFinalizingSession() {
    String id = enqueue("finalizing");
    ReplayWorker worker = worker(1);
    worker.run(id);
    worker.report(id, "finalizing");
    JsonNode late =
        worker.report(id, "running", ",\"providerSessionId\":\"prov-1\",\"worktreePath\":\"/w/1\"");
    assertThat(late.at("/session/status").asText()).isEqualTo("finalizing");
    assertThat(late.at("/session/providerSessionId").asText()).isEqualTo("prov-1");
    assertThat(late.at("/session/worktreePath").asText()).isEqualTo("/w/1");
  }

  @Test
  void anEndReportedTwiceCostsOnceAndFreesItsIssueOnce() {
    server().backend().queues().limit("default", tag, new QueueLimits(null, 100 * DOLLAR), BY);
    String issue = ",\"issueId\":\"" + tag + "-issue\"";
    List<String> ids = List.of(enqueue("1", issue), enqueue("2", issue), enqueue("3", issue));
    ReplayWorker worker = worker(5);
    worker.run(ids.get(0));
    worker.report(ids.get(0), "completed", ",\"totalCostUsd\":1");
    worker.run(ids.get(1));
    for (int i = 0; i < 3; i++) {
      JsonNode again = worker.report(ids.get(0), "completed", ",\"totalCostUsd\":1");
      assertThat(again.at("/session/status").asText()).isEqualTo("completed");
      assertThat(worker.claims()).as("one session of an issue at a time").isEmpty();
    }
    assertThat(place(ids.get(2))).isEqualTo("parked");
    assertThat(spent()).isEqualTo(DOLLAR);
    worker.report(ids.get(1), "completed");
    assertThat(worker.claims()).containsExactly(ids.get(2));
  }

  @Test
  void theCostOfASessionIsCountedOnce() {
    server().backend().queues().limit("default", tag, new QueueLimits(null, 100 * DOLLAR), BY);
    String id = enqueue("cost");
    ReplayWorker worker = worker(1);
    worker.run(id);
    worker.report(id, "running", ",\"totalCostUsd\":0.75");
    worker.report(id, "finalizing", ",\"totalCostUsd\":1");
    worker.report(id, "completed", ",\"totalCostUsd\":1");
    assertThat(spent()).isEqualTo(DOLLAR);
    assertThat(worker.status(id).at("/totalCostUsd").asDouble()).isEqualTo(1.0);
  }

  private long spent() {
    return server().backend().queues().find("default", tag).spentMicroUsd();
  }
}
