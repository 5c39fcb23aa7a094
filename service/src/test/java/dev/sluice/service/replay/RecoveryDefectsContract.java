package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.queues.QueueLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class RecoveryDefectsContract extends ReplayScene {

  private static final AuditNote BY = new AuditNote("who", "why");

  /** Longer than a lease, shorter than the retention of a worker. */
  private static final Duration SILENCE = Duration.ofSeconds(200);

  @Test
  void aWorkerBackAfterASilenceHasAllItsSlotsAndReadsNoInboxOfWhatItLost() {
    List<String> ids = List.of(enqueue("1"), enqueue("2"));
    ReplayWorker silent = worker(2);
    assertThat(silent.claims()).containsExactlyElementsOf(ids);
    ids.forEach(id -> silent.report(id, "running"));
    server().pass(SILENCE);
    ReplayWorker next = worker(2);
    assertThat(next.claims()).containsExactlyElementsOf(ids);

    silent.heartbeat(2); // the same id, as if nothing had been
    assertThat(held(silent)).isEmpty();
    String message = send(ids.get(0), "directive", "For the new one");
    List<String> more = List.of(enqueue("3"), enqueue("4"));
    JsonNode poll = silent.poll();
    assertThat(ReplayWorker.claims(poll)).containsExactlyElementsOf(more);
    assertThat(poll.at("/hasInboxMessages").asBoolean()).isFalse();
    assertThat(next.messages(ids.get(0)))
        .singleElement()
        .satisfies(read -> assertThat(read.at("/id").asText()).isEqualTo(message));
  }

  @Test
  void aSessionThatItsDeadWorkerLeftFinalizingRunsAnewAndHoldsNothing() {
    server().backend().queues().limit("default", tag, new QueueLimits(1, null), BY);
    String issue = ",\"issueId\":\"" + tag + "-issue\"";
    String id = enqueue("finalizing", issue);
    ReplayWorker dead = worker(1);
    dead.run(id);
    dead.report(id, "finalizing");
    server().pass(SILENCE);
    assertThat(state(id)).isEqualTo("pending");
    ReplayWorker next = worker(1);
    next.run(id); // its issue, and the only place under the cap, were free
    next.report(id, "completed");
    String last = enqueue("last", issue);
    assertThat(next.claims()).containsExactly(last);
  }

  @Test
  void sessionsOfAWorkerThatDeregistersAreHandedOutAtOnce() {
    List<String> ids = List.of(enqueue("1"), enqueue("2"));
    ReplayWorker leaving = worker(2);
    assertThat(leaving.claims()).containsExactlyElementsOf(ids);
    leaving.report(ids.get(0), "running");
    ReplayWorker next = worker(2);
    JsonNode left = leaving.calls().delete("/api/workers/" + leaving.id());
    assertThat(left.at("/unclaimedSessions")).hasSize(2);
    assertThat(next.claims()).containsExactlyElementsOf(ids); // and no time has passed
  }

  @Test
  void workersThatCrashLeaveNothingBehindForEver() {
    String id = enqueue("crash", ",\"priority\":1");
    List<ReplayWorker> crashed =
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  ReplayWorker worker = worker(1);
                  worker.run(id);
                  server().pass(SILENCE);
                  return worker;
                })
            .toList();
    server().pass(Duration.ofMinutes(125)); // on these servers a silent worker is kept two hours
    for (ReplayWorker worker : crashed) {
      assertThat(worker.calls().refused(404, "GET", "/api/workers/" + worker.id(), null))
          .contains("Worker not found");
    }
    assertThat(place(id)).isEqualTo("ready");
  }

  @Test
  void aTransferOfAnEndedSessionOrToAnUnknownWorkerIsRefused() {
    String id = enqueue("transfer");
    ReplayWorker owner = worker(1);
    owner.run(id);
    String nobody = "wkr_0000000000000000";
    assertThat(
            owner
                .calls()
                .refused(
                    404,
                    "POST",
                    ReplayWorker.path(id, "transfer-ownership"),
                    transfer(owner.id(), nobody)))
        .contains("Worker not found");
    assertThat(owner.status(id).at("/workerId").asText()).isEqualTo(owner.id());

    owner.report(id, "completed");
    ReplayWorker next = worker(1);
    JsonNode ended =
        next.calls()
            .post(ReplayWorker.path(id, "transfer-ownership"), transfer(owner.id(), next.id()));
    assertThat(ended.at("/transferred").asBoolean()).isFalse();
    assertThat(ended.at("/reason").asText()).isNotEmpty();
    assertThat(next.status(id).at("/workerId").asText()).isEqualTo(owner.id());
    assertThat(held(next)).isEmpty();
  }

  @Test
  void stopsThatNobodyAnswersUseUpNoSlots() {
    ReplayWorker worker = worker(2);
    for (int round = 0; round < 2; round++) {
      List<String> ids = List.of(enqueue("a" + round), enqueue("b" + round));
      assertThat(worker.claims()).containsExactlyElementsOf(ids);
      ids.forEach(id -> worker.report(id, "running"));
      ids.forEach(this::stop);
      // It saw "stopped" when it asked, and says no more of these sessions at all.
      ids.forEach(id -> assertThat(worker.status(id).at("/status").asText()).isEqualTo("stopped"));
      passAlive(Duration.ofSeconds(105), worker);
      assertThat(held(worker)).isEmpty();
    }
    String next = enqueue("next");
    assertThat(worker.claims()).containsExactly(next);
  }

  @Test
  void aStoppedSessionThatItsWorkerFinalizesStaysStoppedAndFreesItsSlot() {
    String id = enqueue("stopped");
    String next = enqueue("next");
    ReplayWorker worker = worker(1);
    worker.run(id);
    stop(id);
    JsonNode late = worker.report(id, "finalizing");
    assertThat(late.at("/updated").asBoolean()).isFalse();
    assertThat(late.at("/session/status").asText()).isEqualTo("stopped");
    assertThat(worker.claims()).as("the slot is free at once").containsExactly(next);
    passAlive(Duration.ofMinutes(10), worker);
    assertThat(state(id)).isEqualTo("stopped");
    assertThat(place(id)).isEqualTo("ended");
  }

  private static String transfer(String from, String to) {
    return "{\"newWorkerId\":\"%s\",\"oldWorkerId\":\"%s\"}".formatted(to, from);
  }
}
