package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

public record OwnedSession(SluiceServer server, String id, TestWorker owner) {

  private static final String GO_DAEMON = "rensei-daemon/0.31.2";

  public static OwnedSession of(SluiceServer server) {
    return of(server, Map.of());
  }

  public static OwnedSession ofGoDaemon(SluiceServer server) {
    return of(server, Map.of("User-Agent", GO_DAEMON));
  }

  private static OwnedSession of(SluiceServer server, Map<String, String> headers) {
    String id = "owned-" + System.nanoTime();
    server.enqueue(
        "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + id + "\"}");
    Answer registered =
        server.call(
            "POST",
            "/api/workers/register",
            REGISTRATION_TOKEN,
            "{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}",
            headers);
    TestWorker owner =
        new TestWorker(server, registered.text("/workerId"), registered.text("/runtimeToken"));
    assertThat(TestWorker.claimed(owner.poll())).containsExactly(id);
    return new OwnedSession(server, id, owner);
  }

  public Answer call(String call, String body) {
    return by(owner.token(), call, body);
  }

  /** Must succeed. */
  public JsonNode done(String call, String body) {
    Answer answer = call(call, body);
    assertThat(answer.status()).as("%s: %s", call, answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  public Answer by(String bearer, String call, String body) {
    return server.post("/api/sessions/" + id + "/" + call, bearer, body);
  }

  public String send(String type, String payload) {
    Answer sent =
        by(API_KEY, "inbox", "{\"type\":\"" + type + "\",\"payload\":\"" + payload + "\"}");
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    return sent.text("/id");
  }

  public JsonNode status() {
    return StrictJson.read(server.get("/api/sessions/" + id + "/status", owner.token()));
  }

  public JsonNode polled() {
    return owner.poll().json().at("/inboxMessages/" + id);
  }
}
