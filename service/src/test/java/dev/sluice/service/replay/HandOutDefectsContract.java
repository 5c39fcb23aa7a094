package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.queues.QueueLimits;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

abstract class HandOutDefectsContract extends ReplayScene {

  private static final AuditNote BY = new AuditNote("who", "why");

  private static final String ORG = "default";

  @Test
  @Timeout(60)
  void aLostPollAnswerDoesNotLeaveWorkClaimedByALiveWorkerForEver() throws IOException {
    String id = enqueue("lost");
    ReplayWorker worker = worker(2);
    URI uri = URI.create(worker.calls().url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String poll =
          ("GET /api/workers/%s/poll?wait=0 HTTP/1.1\r\nHost: sluice\r\n"
                  + "Authorization: Bearer %s\r\n\r\n")
              .formatted(worker.id(), worker.calls().bearer());
      socket.getOutputStream().write(poll.getBytes(StandardCharsets.ISO_8859_1));
      while (!place(id).equals("claimed")) {
        Thread.onSpinWait(); // bounded by the time-out
      }
    } // the answer is never read
    assertThat(held(worker)).containsExactly(id);

    passAlive(Duration.ofSeconds(290), worker);
    assertThat(worker.claims()).as("not yet").isEmpty();
    passAlive(Duration.ofSeconds(30), worker);
    assertThat(worker.claims()).containsExactly(id);
    assertThat(work(id).at("/attempts").asInt()).isEqualTo(1);
  }

  @Test
  void surplusItemsThatAClientDroppedComeAgain() {
    List<String> ids = List.of(enqueue("1"), enqueue("2"), enqueue("3"));
    ReplayWorker worker = worker(3);
    assertThat(worker.claims()).containsExactlyElementsOf(ids);
    worker.report(ids.get(0), "running"); // its other slots were taken by then: it says nothing
    passAlive(Duration.ofSeconds(320), worker);
    assertThat(worker.claims()).as("alone").containsExactly(ids.get(1));
    assertThat(worker.claims()).containsExactly(ids.get(2));
    assertThat(state(ids.get(0))).isEqualTo("running");
  }

  @Test
  void workOfOtherProjectsAheadNeitherHidesWorkNorMoves() {
    String other = tag + "-other";
    List<String> ahead =
        IntStream.range(0, 20).mapToObj(i -> enqueueFor(other, "ahead-" + i, "")).toList();
    String own = enqueue("own", ",\"priority\":5");
    ReplayWorker worker = worker(5);
    assertThat(worker.claims()).containsExactly(own);
    assertThat(work(ahead.get(0)).at("/position").asInt()).isEqualTo(1);
    assertThat(work(ahead.get(19)).at("/position").asInt()).isEqualTo(20);
    ReplayWorker theirs = workerOf(other, 20, "");
    List<String> claimed = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      claimed.addAll(theirs.claims());
    }
    assertThat(claimed).as("no hole").containsExactlyInAnyOrderElementsOf(ahead);
  }

  @Test
  void workWithoutAProjectIsHandedToWorkersThatNameProjects() {
    String polled = enqueueFor("", "polled", ",\"priority\":1");
    assertThat(worker(1).claims()).containsExactly(polled);
    String claimed = enqueueFor("", "claimed", ",\"priority\":1");
    JsonNode claim = worker(1).post(claimed, "claim", "");
    assertThat(claim.at("/claimed").asBoolean()).isTrue();
  }

  @Test
  void aProjectsCapHoldsWithinOnePollAndAcrossConcurrentOnes() throws Exception {
    server().backend().queues().limit(ORG, tag, new QueueLimits(1, null), BY);
    List<String> ids = IntStream.range(0, 6).mapToObj(i -> enqueue("capped-" + i)).toList();
    ReplayWorker first = worker(5);
    assertThat(first.claims()).containsExactly(ids.get(0));
    assertThat(first.claims()).isEmpty();
    first.report(ids.get(0), "completed");

    List<ReplayWorker> workers = IntStream.range(0, 8).mapToObj(i -> worker(5)).toList();
    assertThat(atOnce(workers)).containsExactly(ids.get(1));
  }

  @Test
  void workOfAProjectOverItsBudgetHidesNoOther() {
    server().backend().queues().limit(ORG, tag, new QueueLimits(null, 1_000_000L), BY);
    String costly = enqueue("costly");
    ReplayWorker spender = worker(1);
    spender.run(costly);
    spender.report(costly, "completed", ",\"totalCostUsd\":1.5");

    IntStream.range(0, 6).forEach(i -> enqueue("over-" + i, ",\"priority\":1"));
    String within = enqueueFor(tag + "-within", "within", ",\"priority\":5");
    ReplayWorker worker = worker(5, ",\"projectIds\":[\"" + tag + "-within\"]");
    assertThat(worker.claims()).containsExactly(within);
    assertThat(worker.claims()).isEmpty();
  }

  @Test
  void aClaimByAWorkerOfAnotherProjectMovesNothing() {
    String first = enqueue("first");
    String second = enqueue("second");
    JsonNode before = work(second);
    ReplayWorker stranger = workerOf(tag + "-strange", 2, "");
    for (int i = 0; i < 3; i++) {
      JsonNode denied = stranger.post(second, "claim", "");
      assertThat(denied.at("/claimed").asBoolean()).isFalse();
      assertThat(denied.at("/reason").asText()).isNotEmpty();
    }
    JsonNode after = work(second);
    assertThat(after.at("/priority").asInt()).isEqualTo(3);
    assertThat(after.at("/position").asInt()).isEqualTo(2);
    assertThat(after.at("/queuedAt")).isEqualTo(before.at("/queuedAt"));
    assertThat(worker(2).claims()).containsExactly(first, second);
  }

  @Test
  void concurrentPollsOfOneWorkerStayWithinItsCapacity() throws Exception {
    IntStream.range(0, 12).forEach(i -> enqueue("many-" + i));
    ReplayWorker worker = worker(3);
    List<ReplayWorker> polls = IntStream.range(0, 8).mapToObj(i -> worker).toList();
    assertThat(atOnce(polls)).hasSize(3).doesNotHaveDuplicates();
    assertThat(held(worker)).hasSize(3);
  }

  @Test
  void aDrainingHostGetsNoWorkHoweverOftenItBeats() {
    ReplayWorker worker = worker(2);
    String running = enqueue("running");
    worker.run(running);
    String heartbeat = "/api/workers/" + worker.id() + "/heartbeat";
    worker.calls().post(heartbeat, "{\"activeCount\":1,\"status\":\"draining\"}");
    String next = enqueue("next");
    String message = send(running, "directive", "Finish soon");
    for (int i = 0; i < 3; i++) {
      worker.heartbeat(1); // says nothing of a status: no signal
      JsonNode poll = worker.poll();
      assertThat(ReplayWorker.claims(poll)).isEmpty();
      if (i == 0) {
        assertThat(poll.at("/inboxMessages/" + running + "/0/id").asText()).isEqualTo(message);
      }
    }
    assertThat(worker.calls().get("/api/workers/" + worker.id()).at("/status").asText())
        .isEqualTo("draining");
    worker.calls().post(heartbeat, "{\"activeCount\":1,\"status\":\"busy\"}");
    assertThat(worker.claims()).containsExactly(next);
  }

  @Test
  void aSessionThatRunsForHoursKeepsItsClaim() {
    String id = enqueue("long");
    ReplayWorker worker = worker(1);
    worker.run(id);
    passAlive(
        Duration.ofMinutes(61), worker); // a claim key of the open-source server lives an hour
    JsonNode denied = worker(1).post(id, "claim", "");
    assertThat(denied.at("/claimed").asBoolean()).isFalse();
    assertThat(denied.at("/reason").asText()).isEqualTo("claimed by another worker");
    assertThat(worker.report(id, "completed").at("/session/status").asText())
        .isEqualTo("completed");
  }

  private static List<String> atOnce(List<ReplayWorker> workers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      List<String> claimed = new ArrayList<>();
      List<Future<List<String>>> polls =
          workers.stream().map(worker -> threads.submit(() -> worker.claims())).toList();
      for (Future<List<String>> poll : polls) {
        claimed.addAll(poll.get());
      }
      return claimed;
    } finally {
      threads.shutdownNow();
    }
  }
}
