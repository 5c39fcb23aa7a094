package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.Map;
import org.junit.jupiter.api.Test;

public abstract class IdempotencyContract {

  private static final String KEY = "Idempotency-Key";

  private final String tag = "idem-" + System.nanoTime();

  protected abstract SluiceServer server();

  // POST /api/work

  @Test
  void aRepeatIsAnsweredAsTheFirstCallWasAndMarked() {
    String item = "{\"prompt\":\"p\",\"projectName\":\"" + tag + "\"}";
    Answer first = enqueue("k", item);
    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();

    Answer again = enqueue("k", " {\"projectName\" : \"" + tag + "\", \"prompt\":\"p\"}");

    replays(again, first);
    String id = first.text("/sessionId");
    server().delete("/api/work/" + id, API_KEY);
    replays(enqueue("k", item), first);
    assertThat(work(id).text("/state")).as("it is not enqueued again").isEqualTo("stopped");
  }

  @Test
  void aRepeatOfADuplicateIsADuplicate() {
    String item = item(tag);
    server().enqueue(item);
    Answer first = enqueue("k", item);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().at("/duplicate").asBoolean()).isTrue();
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();

    replays(enqueue("k", item), first);
    server().delete("/api/work/" + tag, API_KEY);
  }

  @Test
  void anotherBodyUnderTheKeyIsRefused() {
    assertThat(enqueue("k", item(tag)).status()).isEqualTo(201);

    reused(enqueue("k", item(tag + "-2")), KEY);
    reused(enqueue("k", "{\"items\":[" + item(tag + "-2") + "," + item(tag + "-3") + "]}"), KEY);

    assertThat(work(tag + "-2").status()).isEqualTo(404);
    assertThat(work(tag + "-3").status()).isEqualTo(404);
    server().delete("/api/work/" + tag, API_KEY);
  }

  @Test
  void aRefusedCallKeepsNothing() {
    server().enqueue(item(tag));
    String other = "{\"sessionId\":\"" + tag + "\",\"prompt\":\"other\"}";
    assertThat(enqueue("k", other).status()).isEqualTo(409);
    assertThat(enqueue("k", "{\"prompt\":1}").status()).isEqualTo(400);

    assertThat(enqueue("k", item(tag + "-2")).status()).isEqualTo(201);
    server().delete("/api/work/" + tag, API_KEY);
    server().delete("/api/work/" + tag + "-2", API_KEY);
  }

  @Test
  void aBulkIsReplayedItemByItem() {
    String bulk =
        "{\"items\":["
            + item(tag)
            + ",{\"prompt\":5},{\"prompt\":\"p\",\"projectName\":\""
            + tag
            + "\"}]}";
    Answer first = enqueue("k", bulk);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.json().at("/results/1/status").asInt()).isEqualTo(400);

    replays(enqueue("k", bulk), first);

    reused(enqueue("k", "{\"items\":[" + item(tag) + "]}"), KEY);
    Answer nothing = enqueue("k2", "{\"items\":[{\"prompt\":5}]}");
    assertThat(nothing.headers().firstValue("Idempotency-Replayed")).isEmpty();
    server().delete("/api/work/" + tag, API_KEY);
    server().delete("/api/work/" + first.text("/results/2/sessionId"), API_KEY);
  }

  // POST /api/sessions/{id}/inbox

  @Test
  void aRepeatedMessageIsSentOnce() {
    TestWorker worker = claimed();
    String path = "/api/sessions/" + tag + "/inbox";
    String body = "{\"type\":\"directive\",\"payload\":\"go on\"}";
    Answer first = post(path, "k", body);
    assertThat(first.status()).as(first.body()).isEqualTo(202);

    replays(post(path, "k", body), first);
    reused(post(path, "k", "{\"type\":\"directive\",\"payload\":\"other\"}"), KEY);

    assertThat(worker.poll().json().at("/inboxMessages/" + tag)).hasSize(1);
    worker.report(tag, "completed");
    replays(post(path, "k", body), first);
    assertThat(post(path, "k2", body).status()).as("not a repeat").isEqualTo(409);
  }

  @Test
  void keysCountForOneOperationAndSession() {
    server().enqueue(item(tag));
    server().enqueue(item(tag + "-2"));
    String body = "{\"type\":\"nudge\",\"payload\":\"now\"}";
    Answer first = post("/api/sessions/" + tag + "/inbox", "k", body);
    Answer second = post("/api/sessions/" + tag + "-2/inbox", "k", body);
    assertThat(second.status()).as(second.body()).isEqualTo(202);
    assertThat(second.text("/id")).isNotEqualTo(first.text("/id"));
    assertThat(second.headers().firstValue("Idempotency-Replayed")).isEmpty();
    server().delete("/api/work/" + tag, API_KEY);
    server().delete("/api/work/" + tag + "-2", API_KEY);
  }

  @Test
  void whatIsNoKeyIsRefused() {
    server().enqueue(item(tag));
    for (String wrong : new String[] {"", "a".repeat(257)}) {
      for (Answer answer :
          new Answer[] {
            call("/api/work", wrong, item(tag + "-2")),
            call(
                "/api/sessions/" + tag + "/inbox",
                wrong,
                "{\"type\":\"nudge\",\"payload\":\"now\"}")
          }) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(StrictJson.read(answer).at("/field").asText()).isEqualTo(KEY);
      }
    }
    assertThat(work(tag + "-2").status()).isEqualTo(404);
    Answer longest = call("/api/work", tag + "a".repeat(256 - tag.length()), item(tag + "-2"));
    assertThat(longest.status()).as(longest.body()).isEqualTo(201);
    server().delete("/api/work/" + tag, API_KEY);
    server().delete("/api/work/" + tag + "-2", API_KEY);
  }

  // POST /api/public/sessions/{publicId}/prompt

  @Test
  void aRepeatedPromptIsSentOnceAndWakesNobody() {
    TestWorker worker = claimed();
    String path = "/api/public/sessions/" + new PublicIds(null).shortForm(tag) + "/prompt";
    String body = "{\"prompt\":\"more\",\"idempotencyKey\":\"" + tag + "\"}";
    Answer first = server().post(path, API_KEY, body);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    replays(server().post(path, API_KEY, body), first);
    assertThat(worker.poll().json().at("/inboxMessages/" + tag)).hasSize(1);
    reused(
        server().post(path, API_KEY, "{\"prompt\":\"other\",\"idempotencyKey\":\"" + tag + "\"}"),
        "idempotencyKey");

    worker.report(tag, "completed");
    Answer after = server().post(path, API_KEY, body);
    assertThat(after.text("/messageId")).isEqualTo(first.text("/messageId"));
    assertThat(work(tag).text("/place")).isEqualTo("ended");

    String anew = "{\"prompt\":\"once more\",\"idempotencyKey\":\"" + tag + "-2\"}";
    Answer woken = server().post(path, API_KEY, anew);
    assertThat(woken.status()).as(woken.body()).isEqualTo(200);
    assertThat(work(tag).text("/place")).isEqualTo("ready");
    replays(server().post(path, API_KEY, anew), woken);
    server().delete("/api/work/" + tag, API_KEY);
  }

  private TestWorker claimed() {
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + tag + "\"]}");
    server().enqueue(item(tag));
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    return worker;
  }

  private static void replays(Answer again, Answer first) {
    assertThat(again.headers().firstValue("Idempotency-Replayed"))
        .as(again.body())
        .hasValue("true");
    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.body()).isEqualTo(first.body());
  }

  private static void reused(Answer answer, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(StrictJson.read(answer).at("/field").asText()).isEqualTo(field);
    assertThat(answer.text("/error")).isEqualTo(field + " was used with another body");
  }

  private Answer enqueue(String key, String body) {
    return post("/api/work", key, body);
  }

  private Answer post(String path, String key, String body) {
    return call(path, tag + key, body);
  }

  private Answer call(String path, String key, String body) {
    return server().call("POST", path, API_KEY, body, Map.of(KEY, key));
  }

  private Answer work(String id) {
    return server().get("/api/work/" + id, API_KEY);
  }

  private String item(String id) {
    return "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + tag + "\"}";
  }
}
