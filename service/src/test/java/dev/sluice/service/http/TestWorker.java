package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

public record TestWorker(SluiceServer server, String id, String token) {

  /** Polls, which must succeed. */
  public Answer poll() {
    Answer answer = server.get("/api/workers/" + id + "/poll", token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  public Answer poll(String query) {
    return server.get("/api/workers/" + id + "/poll" + query, token);
  }

  /** Polls on a new thread; returns once the poll has reached the store. */
  public CompletableFuture<Answer> park(String query) {
    long seen = lastSeen();
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(
            () -> poll(query), task -> new Thread(task, "poll of " + id).start());
    awaitPoll(seen);
    return answer;
  }

  /** Time of its last call, epoch ms; that millisecond is over. */
  public long lastSeen() {
    Answer answer = server.get("/api/workers/" + id, SluiceServer.API_KEY);
    long seen = answer.json().at("/lastHeartbeat").asLong();
    while (System.currentTimeMillis() <= seen) {
      Thread.onSpinWait();
    }
    return seen;
  }

  public void awaitPoll(long seen) {
    while (lastSeen() <= seen) {
      Thread.onSpinWait();
    }
  }

  /** Number of the sessions that it has claimed. */
  public int claims() {
    return server
        .get("/api/workers/" + id, SluiceServer.API_KEY)
        .json()
        .at("/activeSessions")
        .size();
  }

  public Answer heartbeat(int activeCount) {
    return server.post(
        "/api/workers/" + id + "/heartbeat", token, "{\"activeCount\":" + activeCount + "}");
  }

  public Answer report(String sessionId, String status) {
    return server.post(
        "/api/sessions/" + sessionId + "/status", token, "{\"status\":\"" + status + "\"}");
  }

  public static List<String> claimed(Answer poll) {
    List<String> ids = new ArrayList<>();
    poll.json().at("/claimedSessionIds").forEach(id -> ids.add(id.asText()));
    return ids;
  }
}
