package dev.sluice.service.replay.clients;

import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AuthTokens;
import dev.sluice.service.replay.ReplayScene;
import dev.sluice.service.replay.ReplayWorker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class SnakeWorkerContract extends ReplayScene {

  private static final String SCANS = ",\"capabilities\":[\"claude\",\"code-survival-scan\"]";

  @Test
  void aDayOfWork() {
    SnakeWorker worker = start(2, "");
    assertThat(worker.heartbeat(0)).isTrue();
    assertThat(worker.poll()).isEmpty();
    String first = enqueue("first", ",\"priority\":1");
    String second = enqueue("second", ",\"priority\":2");
    String third = enqueue("third", ",\"priority\":3");

    assertThat(worker.poll()).containsExactly(first, second);
    assertThat(worker.payload(first).string("prompt")).isEqualTo("Fix first");
    assertThat(worker.payload(first).integer("priority")).isEqualTo(1);
    assertThat(worker.payload(first).integer("queuedAt")).isPositive();
    assertThat(worker.report(first, "running")).isEqualTo(200);
    assertThat(worker.report(second, "running")).isEqualTo(200);
    for (int i = 0; i < 12; i++) {
      server().pass(Duration.ofSeconds(30));
      assertThat(worker.heartbeat(2)).isTrue();
      assertThat(worker.poll()).as("it is full").isEmpty();
    }
    assertThat(worker.report(first, "completed")).isEqualTo(200);
    assertThat(worker.poll()).containsExactly(third);
    assertThat(worker.report(second, "failed")).isEqualTo(200);
    assertThat(worker.report(third, "running")).isEqualTo(200);
    assertThat(worker.report(third, "completed")).isEqualTo(200);
    assertThat(state(first)).isEqualTo("completed");
    assertThat(state(second)).isEqualTo("failed");
    assertThat(state(third)).isEqualTo("completed");
    assertThat(worker.loops()).isTrue();
  }

  @Test
  void nothingIsClaimedForItThatItDoesNotSee() {
    SnakeWorker worker = start(5, "");
    for (int i = 0; i < 7; i++) {
      enqueue("item-" + i);
    }
    assertThat(worker.poll()).hasSize(5).doesNotHaveDuplicates().isEqualTo(claimed(worker));
  }

  @Test
  void aBeatWhoseCountCoversItsClaimsAcceptsThem() {
    SnakeWorker worker = start(1, "");
    String id = enqueue("a");
    assertThat(worker.poll()).containsExactly(id);
    for (int i = 0; i < 14; i++) { // longer than the time to accept
      server().pass(Duration.ofSeconds(30));
      assertThat(worker.heartbeat(1)).isTrue();
    }
    assertThat(place(id)).isEqualTo("claimed");
    assertThat(worker.report(id, "completed")).isEqualTo(200);
  }

  @Test
  void whatItsBeatsNeverCountComesBack() {
    SnakeWorker worker = start(1, "");
    String id = enqueue("a");
    assertThat(worker.poll()).containsExactly(id);
    for (int i = 0; i < 12; i++) {
      server().pass(Duration.ofSeconds(30));
      assertThat(worker.heartbeat(0)).isTrue();
    }
    assertThat(place(id)).isEqualTo("ready");
    assertThat(worker.poll()).as("it may try again").containsExactly(id);
  }

  @Test
  void aMessageCountsAsAcknowledgedAtItsNextPoll() {
    SnakeWorker worker = start(1, "");
    String id = run(worker, "a");
    send(id, "directive", "Keep the old API");
    worker.poll();
    assertThat(worker.messages(id)).containsExactly("directive Keep the old API");
    for (int i = 0; i < 4; i++) {
      worker.poll();
      assertThat(worker.messages(id)).isEmpty();
      server().pass(Duration.ofSeconds(61));
      assertThat(worker.heartbeat(1)).isTrue();
    }
  }

  @Test
  void aMessageThatItNeverCameBackForIsBroughtToTheNextWorker() {
    SnakeWorker worker = start(1, "");
    String id = run(worker, "a");
    send(id, "directive", "Keep the old API");
    worker.poll();
    assertThat(worker.messages(id)).hasSize(1);
    server().pass(Duration.ofMinutes(4));
    ReplayWorker other = worker(1);
    other.run(id);
    assertThat(other.messages(id)).hasSize(1);
  }

  @Test
  void aStopIsBroughtByAPollAndTheNextOneFreesItsSlot() {
    SnakeWorker worker = start(1, "");
    String id = run(worker, "a");
    String next = enqueue("b");
    stop(id);
    assertThat(worker.poll()).as("it still holds the slot").isEmpty();
    assertThat(worker.messages(id)).hasSize(1);
    assertThat(worker.messages(id).get(0)).startsWith("stop");
    assertThat(worker.poll()).containsExactly(next);
    assertThat(state(id)).isEqualTo("stopped");
    assertThat(worker.report(id, "completed")).as("too late").isEqualTo(409);
  }

  @Test
  void jobsComeInALaneOfTheirOwnAndTakeNoSlot() {
    SnakeWorker worker = start(1, SCANS);
    String id = run(worker, "a");
    String job = job("scan");
    assertThat(worker.poll()).as("it is full").isEmpty();
    assertThat(worker.jobs()).contains("code-survival-scan " + job);
    assertThat(jobState(job)).isEqualTo("offered");
    worker.poll();
    assertThat(worker.jobs()).doesNotContain("code-survival-scan " + job);
    assertThat(jobState(job)).as("it has come back").isEqualTo("delivered");
    assertThat(worker.report(id, "completed")).isEqualTo(200);
  }

  @Test
  void aJobThatItNeverCameBackForIsOfferedAnew() {
    SnakeWorker worker = start(1, SCANS);
    String job = job("scan");
    worker.poll();
    assertThat(worker.jobs()).contains("code-survival-scan " + job);
    server().pass(Duration.ofSeconds(61));
    SnakeWorker other = start(1, SCANS);
    other.poll();
    assertThat(other.jobs()).contains("code-survival-scan " + job);
    other.poll();
    assertThat(jobState(job)).isEqualTo("delivered");
  }

  @Test
  void jobsAreForRuntimeTokensOfWorkersThatScanAlone() {
    SnakeWorker plain = start(1, "");
    plain.poll();
    assertThat(plain.jobLane()).isFalse();
    ReplayWorker legacy =
        kept(
            ReplayWorker.register(
                server().calls(LEGACY_KEY),
                "{\"hostname\":\"h\",\"max_agents\":1,\"projects\":[\"%s\"]%s}"
                    .formatted(tag, SCANS)));
    assertThat(legacy.poll().has("batchWork")).isFalse();
  }

  @Test
  void anExpiredTokenEndsItsLoopAndItsManagerRegistersItAnew() {
    SnakeWorker worker = start(1, "");
    String id = run(worker, "a");
    SnakeWorker late =
        worker.with(
            AuthTokens.signed(AuthTokens.claims(worker.id(), worker.token(), -10), JWT_SECRET));
    assertThat(late.poll()).isEmpty();
    assertThat(late.loops()).isFalse();

    SnakeWorker anew = start(1, "");
    assertThat(anew.id()).isNotEqualTo(worker.id());
    server().pass(Duration.ofMinutes(4));
    assertThat(anew.poll()).as("what it left comes back by its lease").containsExactly(id);
  }

  @Test
  void aWorkerThatWasDeregisteredIsToldSoAndLoopsOn() {
    SnakeWorker worker = start(1, "");
    server().calls(REGISTRATION_TOKEN).delete("/api/workers/" + worker.id());
    enqueue("a");
    assertThat(worker.poll()).isEmpty();
    assertThat(worker.heartbeat(0)).isFalse();
    assertThat(worker.loops()).as("404 ends no loop").isTrue();
  }

  @Test
  void theWorkOfAWorkerThatCrashedIsDoneByAnotherAndItsLateReportIsRefused() {
    SnakeWorker worker = start(1, "");
    String id = run(worker, "a");
    server().pass(Duration.ofMinutes(4));
    SnakeWorker other = start(1, "");
    assertThat(other.poll()).containsExactly(id);
    assertThat(worker.report(id, "completed")).isEqualTo(403);
    assertThat(worker.heartbeat(1)).as("it lives, with nothing").isTrue();
    assertThat(other.report(id, "completed")).isEqualTo(200);
  }

  private SnakeWorker start(int agents, String members) {
    SnakeWorker worker = SnakeWorker.register(server(), tag, agents, members);
    kept(new ReplayWorker(server().calls(REGISTRATION_TOKEN), worker.id()));
    return worker;
  }

  private String run(SnakeWorker worker, String name) {
    String id = enqueue(name);
    assertThat(worker.poll()).containsExactly(id);
    assertThat(worker.report(id, "running")).isEqualTo(200);
    return id;
  }

  /** Its sessions in the server's count. */
  private List<String> claimed(SnakeWorker worker) {
    return held(new ReplayWorker(server().calls(REGISTRATION_TOKEN), worker.id()));
  }

  private String job(String name) {
    JsonNode added =
        operator()
            .post(
                "/api/batch-work",
                "{\"batchJobId\":\"%s-%s\",\"workType\":\"code-survival-scan\",\"repository\":\"x\"}"
                    .formatted(tag, name));
    return added.at("/batchJobId").asText();
  }

  private String jobState(String job) {
    return operator().get("/api/batch-work/" + job).at("/state").asText();
  }
}
