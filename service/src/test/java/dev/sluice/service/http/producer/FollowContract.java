package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code GET /api/work/{id}?wait=}: a producer follows its item. */
@Timeout(120)
public abstract class FollowContract {

  private static final int ROUNDS = 100;

  private final String tag = "follow-" + System.nanoTime();

  protected abstract SluiceServer server();

  /** The node that follows; another node of the same store, if any. */
  SluiceServer observer() {
    return server();
  }

  @Test
  void anItemIsFollowedFromItsEnqueueToItsResult() {
    TestWorker worker = worker();
    server().enqueue(item(tag));

    CompletableFuture<JsonNode> claimed = following(tag, "wait=25&state=pending");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    JsonNode work = claimed.join();
    assertThat(work.at("/state").asText()).isEqualTo("claimed");
    assertThat(work.at("/place").asText()).isEqualTo("claimed");
    assertThat(work.at("/workerId").asText()).isEqualTo(worker.id());
    assertThat(work.has("waits")).isFalse();

    CompletableFuture<JsonNode> running = following(tag, "wait=25&state=claimed");
    worker.report(tag, "running");
    assertThat(running.join().at("/state").asText()).isEqualTo("running");

    CompletableFuture<JsonNode> ended = following(tag, "wait=25&state=running");
    report(worker, "{\"status\":\"completed\",\"summary\":\"done\"}");
    JsonNode end = ended.join();
    assertThat(end.at("/state").asText()).isEqualTo("completed");
    assertThat(end.at("/place").asText()).isEqualTo("ended");
    assertThat(end.at("/endedAt").asLong()).isPositive();
    assertThat(end.at("/result/summary").asText()).isEqualTo("done");
  }

  @Test
  void waitingForTheEndPassesOverAllOtherChanges() {
    TestWorker worker = worker();
    server().enqueue(item(tag));
    CompletableFuture<JsonNode> ended = following(tag, "wait=end");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    worker.report(tag, "running");
    assertThat(follow(tag, "wait=0").at("/state").asText()).isEqualTo("running");
    assertThat(ended).isNotDone();
    report(worker, "{\"status\":\"completed\",\"summary\":\"done\"}");
    JsonNode end = ended.join();
    assertThat(end.at("/place").asText()).isEqualTo("ended");
    assertThat(end.at("/result/summary").asText()).isEqualTo("done");
    assertThat(follow(tag, "wait=end").at("/state").asText())
        .as("at once, since it has ended")
        .isEqualTo("completed");
  }

  @Test
  void aStoppedItemEndsOnceItsWorkerHasReleasedIt() {
    TestWorker worker = worker();
    server().enqueue(item(tag));
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    worker.report(tag, "running");
    CompletableFuture<JsonNode> ended = following(tag, "wait=end");
    server().delete("/api/work/" + tag, API_KEY);
    assertThat(follow(tag, "wait=0").at("/place").asText()).isEqualTo("claimed");
    worker.report(tag, "stopped");
    assertThat(ended.join().at("/place").asText()).isEqualTo("ended");
  }

  @Test
  void anEndedItemAndOneThatIsElsewhereAreAnsweredAtOnce() {
    TestWorker worker = worker();
    server().enqueue(item(tag));
    assertThat(follow(tag, "wait=25&state=running").at("/state").asText()).isEqualTo("pending");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    assertThat(follow(tag, "wait=25&state=pending").at("/state").asText()).isEqualTo("claimed");
    worker.report(tag, "failed");
    assertThat(follow(tag, "wait=25").at("/state").asText()).isEqualTo("failed");
    assertThat(follow(tag, "wait=25&state=failed").at("/state").asText()).isEqualTo("failed");
  }

  @Test
  void whenTheTimeIsOverThePresentStateIsAnswered() {
    server().enqueue(item(tag));
    JsonNode work = follow(tag, "wait=1&state=pending");
    assertThat(work.at("/state").asText()).isEqualTo("pending");
    assertThat(work.at("/waits/0/kind").asText()).isEqualTo("no-worker");
    assertThat(follow(tag, "wait=0").at("/state").asText()).isEqualTo("pending");
    server().delete("/api/work/" + tag, API_KEY);
  }

  @Test
  void aChangeOfPlaceIsOneToo() {
    server()
        .enqueue("{\"prompt\":\"p\",\"sessionId\":\"" + tag + "\",\"issueId\":\"i-" + tag + "\"}");
    String second = tag + "-2";
    server()
        .enqueue(
            "{\"prompt\":\"p\",\"sessionId\":\"" + second + "\",\"issueId\":\"i-" + tag + "\"}");
    assertThat(follow(second, "").at("/place").asText()).isEqualTo("parked");

    CompletableFuture<JsonNode> freed = following(second, "wait=25");
    String better = "{\"prompt\":\"p\",\"issueId\":\"i-" + tag + "\",\"priority\":1";
    String third = tag + "-3";
    server().delete("/api/work/" + tag, API_KEY);
    while (!freed.isDone()) { // the call may have come after the change before
      server().post("/api/work", API_KEY, better + ",\"sessionId\":\"" + third + "\"}");
      server().delete("/api/work/" + third, API_KEY);
      third += "+";
    }
    assertThat(freed.join().at("/place").asText()).isIn("ready", "parked");
    server().delete("/api/work/" + second, API_KEY);
  }

  @Test
  void whatCannotBeFollowedIsRefused() {
    server().enqueue(item(tag));
    for (String wrong : new String[] {"-1", "26", "1.5", "x", "99999999999"}) {
      refused("wait=" + wrong, "wait", "must be end, or a whole number from 0 to 25");
    }
    refused(
        "wait=1&state=PENDING",
        "state",
        "must be one of: pending, claimed, running, finalizing, completed, failed, stopped");
    assertThat(server().get("/api/work/" + tag + "-none?wait=25", API_KEY).status()).isEqualTo(404);
    assertThat(server().get("/api/work/" + tag + "?wait=25", null).status()).isEqualTo(401);
    server().delete("/api/work/" + tag, API_KEY);
  }

  @Test
  void noChangeBetweenTheFirstLookAndTheWaitIsMissed() {
    for (int round = 0; round < ROUNDS; round++) {
      String id = tag + "-" + round;
      server().enqueue(item(id));
      CompletableFuture<JsonNode> ended = following(id, "wait=25&state=pending");
      server().delete("/api/work/" + id, API_KEY);
      assertThat(ended.join().at("/state").asText()).as(id).isEqualTo("stopped");
    }
  }

  private CompletableFuture<JsonNode> following(String id, String query) {
    return CompletableFuture.supplyAsync(() -> follow(id, query));
  }

  private JsonNode follow(String id, String query) {
    Answer answer = observer().get("/api/work/" + id + "?" + query, API_KEY);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private void refused(String query, String field, String problem) {
    Answer answer = server().get("/api/work/" + tag + "?" + query, API_KEY);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/error")).isEqualTo(field + " " + problem);
  }

  private TestWorker worker() {
    return server().register("{\"hostname\":\"h\",\"projects\":[\"" + tag + "\"]}");
  }

  private void report(TestWorker worker, String body) {
    Answer answer = server().post("/api/sessions/" + tag + "/status", worker.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private String item(String id) {
    return "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + tag + "\"}";
  }
}
