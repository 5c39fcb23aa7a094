package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** A registered worker and its calls. */
record TestWorker(SluiceServer server, String id, String token) {

  /** Polls; the answer must be a success. */
  Answer poll() {
    Answer answer = server.get("/api/workers/" + id + "/poll", token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  Answer heartbeat(int activeCount) {
    return server.post(
        "/api/workers/" + id + "/heartbeat", token, "{\"activeCount\":" + activeCount + "}");
  }

  /** Reports a status with nothing else. */
  Answer report(String sessionId, String status) {
    return server.post(
        "/api/sessions/" + sessionId + "/status", token, "{\"status\":\"" + status + "\"}");
  }

  /** Ids that a poll claimed. */
  static List<String> claimed(Answer poll) {
    List<String> ids = new ArrayList<>();
    poll.json().at("/claimedSessionIds").forEach(id -> ids.add(id.asText()));
    return ids;
  }
}
