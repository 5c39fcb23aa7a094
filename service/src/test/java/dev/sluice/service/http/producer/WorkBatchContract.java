package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code /api/batches}: work that is enqueued and followed as one. */
@Timeout(120)
public abstract class WorkBatchContract {

  private final String project = "batch-" + System.nanoTime();

  protected abstract SluiceServer server();

  @Test
  void aBatchIsFollowedFromItsEnqueueToItsEnd() {
    String id = enqueue(items(4));
    assertThat(id).matches("wb_[0-9a-f]{24}-4");
    counts(id, "waiting", 4);
    assertThat(batch(id, "").at("/ended").asBoolean()).isFalse();

    CompletableFuture<JsonNode> end = CompletableFuture.supplyAsync(() -> batch(id, "?wait=end"));
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"capacity\":9,\"projects\":[\"" + project + "\"]}");
    assertThat(TestWorker.claimed(worker.poll()))
        .containsExactly(id + ".0", id + ".1", id + ".2", id + ".3");
    counts(id, "claimed", 4);
    worker.report(id + ".0", "completed");
    report(worker, id + ".2", "{\"status\":\"failed\",\"error\":\"no luck\"}");
    server().delete("/api/work/" + id + ".3", API_KEY);
    worker.report(id + ".3", "stopped");
    assertThat(end).isNotDone();
    worker.report(id + ".1", "completed");

    JsonNode ended = end.join();
    assertThat(ended.at("/ended").asBoolean()).isTrue();
    assertThat(ended.at("/counts").toString())
        .isEqualTo(
            "{\"waiting\":0,\"claimed\":0,\"completed\":2,\"failed\":1,\"stopped\":1,"
                + "\"dead\":0,\"unknown\":0}");
    assertThat(ended.at("/failures")).hasSize(1);
    assertThat(ended.at("/failures/0/sessionId").asText()).isEqualTo(id + ".2");
    assertThat(ended.at("/failures/0/result/error").asText()).isEqualTo("no luck");
    assertThat(batch(id, "?wait=end")).as("at once").isEqualTo(ended);
  }

  @Test
  void itsItemsAreListedInItsOrderByPlaceAndLabel() {
    List<String> items = new ArrayList<>(items(3));
    items.add(
        "{\"prompt\":\"p\",\"priority\":1,\"labels\":{\"n\":\"3\"},\"projectName\":\"%s\"}"
            .formatted(project));
    String id = enqueue(items);
    server().delete("/api/work/" + id + ".1", API_KEY);

    for (int limit : List.of(1, 2, 1_000)) {
      assertThat(listed("batch=" + id, limit))
          .containsExactly(id + ".0", id + ".1", id + ".2", id + ".3");
      assertThat(listed("place=ready&batch=" + id, limit))
          .containsExactly(id + ".0", id + ".2", id + ".3");
      assertThat(listed("place=ended&batch=" + id, limit)).containsExactly(id + ".1");
      assertThat(listed("label=n=3&batch=" + id, limit)).containsExactly(id + ".3");
      assertThat(listed("project=other&batch=" + id, limit)).isEmpty();
    }
    assertThat(listed("batch=wb_0123456789abcdef01234567-3", 10)).isEmpty();
    for (String wrong : List.of("batch batch=x", "cursor cursor=9&batch=" + id)) {
      Answer answer = server().get("/api/work?" + wrong.split(" ")[1], API_KEY);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("/field")).isEqualTo(wrong.split(" ")[0]);
      assertThat(answer.text("/code"))
          .isEqualTo(wrong.startsWith("cursor") ? "invalid-cursor" : "invalid-field");
    }
    assertThat(server().get("/api/work?cursor=x", API_KEY).text("/code"))
        .isEqualTo("invalid-cursor");
    stop(id, 4);
  }

  @Test
  void aRepeatWithItsKeyIsTheSameBatch() {
    String body = body(items(1_500));
    Map<String, String> key = Map.of("Idempotency-Key", project);
    Answer first = server().call("POST", "/api/batches", API_KEY, body, key);
    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(first.json().at("/enqueued").asInt()).isEqualTo(1_500);
    Answer again = server().call("POST", "/api/batches", API_KEY, body, key);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(again.text("/batchId")).isEqualTo(first.text("/batchId"));
    assertThat(again.json().at("/duplicates").asInt()).isEqualTo(1_500);

    for (String other : List.of(body(items(3)), body.replace("item 7", "another"))) {
      Answer refused = server().call("POST", "/api/batches", API_KEY, other, key);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text("/code")).isEqualTo("key-reused");
    }
    assertThat(enqueue(items(3))).as("without a key").isNotEqualTo(enqueue(items(3)));
    counts(first.text("/batchId"), "waiting", 1_500);
    stop(first.text("/batchId"), 1_500);
  }

  @Test
  void noOtherEnqueueEntersABatch() {
    String id = enqueue(items(1));
    for (String taken : List.of(id + ".0", id + ".1", "wb_0123456789abcdef01234567-9.0")) {
      String item = "{\"prompt\":\"p\",\"sessionId\":\"" + taken + "\"}";
      Answer one = server().post("/api/work", API_KEY, item);
      assertThat(one.status()).isEqualTo(400);
      assertThat(one.text("/field")).isEqualTo("sessionId");
      assertThat(one.text("/message"))
          .isEqualTo(
              "sessionId must not be that of an item of a batch, which POST /api/batches gives");
      Answer bulk = server().post("/api/work", API_KEY, "{\"items\":[" + item + "]}");
      assertThat(bulk.text("/results/0/field")).as(bulk.body()).isEqualTo("sessionId");
      assertThat(bulk.json().at("/results/0/status").asInt()).isEqualTo(400);
    }
    stop(id, 1);
    for (String free :
        List.of("wb_1", "wb_0123456789abcdef01234567-9", id + ".0x", "x" + id + ".0")) {
      String item = "{\"prompt\":\"p\",\"sessionId\":\"" + free + "\"}";
      assertThat(server().post("/api/work", API_KEY, item).status()).as(free).isIn(200, 201);
      server().delete("/api/work/" + free, API_KEY);
    }
  }

  @Test
  void oneWrongItemRefusesAllAndIsNamed() {
    refused("{\"prompt\":\"p\",\"priority\":12}", "items[2].priority");
    refused("{\"prompt\":\"p\",\"labels\":{\"team\":1}}", "items[2].labels.team");
    refused("{\"prompt\":\"p\",\"sessionId\":\"mine\"}", "items[2].sessionId");
    refused("{}", "items[2].prompt");
    refused("7", "items[2]");
    assertThat(listed("place=any&project=" + project, 100)).isEmpty();
    for (String wrong : List.of("{}", "{\"items\":[]}", "{\"items\":{}}", "{\"items\":null}")) {
      Answer answer = server().post("/api/batches", API_KEY, wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.text("/field")).as(wrong).isEqualTo("items");
    }
  }

  @Test
  void tenThousandItemsAreOneBatchAndNoMore() {
    List<String> items = new ArrayList<>(items(10_000));
    String id = enqueue(items);
    counts(id, "waiting", 10_000);
    stop(id, 10_000);
    counts(id, "stopped", 10_000);
    assertThat(batch(id, "?wait=end").at("/ended").asBoolean()).isTrue();
    items.add(items.get(0));
    assertThat(server().post("/api/batches", API_KEY, body(items)).status()).isIn(400, 413);
  }

  @Test
  void whatIsNoBatchIsNotFound() {
    for (String id :
        List.of(
            "x",
            "wb_0123456789abcdef01234567-3",
            "wb_0123456789abcdef01234567-0",
            "wb_0123456789abcdef01234567-10001",
            "wb_0123456789abcdef01234567-99999999999")) {
      Answer answer = server().get("/api/batches/" + id + "?wait=end", API_KEY);
      assertThat(answer.status()).as(id).isEqualTo(404);
      assertThat(answer.text("/code")).isEqualTo("batch-not-found");
    }
    String id = enqueue(items(1));
    for (String wrong : List.of("25", "END", "true")) {
      Answer answer = server().get("/api/batches/" + id + "?wait=" + wrong, API_KEY);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.text("/message")).isEqualTo("wait must be end");
    }
    stop(id, 1);
  }

  private void refused(String item, String field) {
    List<String> items = new ArrayList<>(items(2));
    items.add(item);
    Answer answer = server().post("/api/batches", API_KEY, body(items));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/message")).startsWith(field + " ");
  }

  private String enqueue(List<String> items) {
    Answer answer = server().post("/api/batches", API_KEY, body(items));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().at("/enqueued").asInt()).isEqualTo(items.size());
    return answer.text("/batchId");
  }

  private List<String> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"prompt\":\"item " + i + ".\",\"projectName\":\"" + project + "\"}")
        .toList();
  }

  private static String body(List<String> items) {
    return items.stream().collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  private JsonNode batch(String id, String query) {
    Answer answer = server().get("/api/batches/" + id + query, API_KEY);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private void counts(String id, String kind, int count) {
    JsonNode counts = batch(id, "").at("/counts");
    assertThat(counts.at("/" + kind).asInt()).as("%s", counts).isEqualTo(count);
  }

  private List<String> listed(String query, int limit) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      Answer answer = server().get("/api/work?" + query + "&limit=" + limit + cursor, API_KEY);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonNode page = StrictJson.read(answer);
      assertThat(page.at("/work").size()).isLessThanOrEqualTo(limit);
      page.at("/work").forEach(each -> ids.add(each.at("/sessionId").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  /** Ends what waits, so that it doesn't fill the queue of other tests. */
  private void stop(String id, int items) {
    List<String> ids = IntStream.range(0, items).mapToObj(i -> "\"" + id + "." + i + "\"").toList();
    int done = 0;
    String cursor = "";
    JsonNode answer;
    do {
      answer =
          server()
              .post(
                  "/api/bulk",
                  API_KEY,
                  "{\"verb\":\"cancel\",\"ids\":" + ids + ",\"dryRun\":false" + cursor + "}")
              .json();
      cursor = ",\"cursor\":\"" + answer.at("/nextCursor").asText() + "\"";
      done += answer.at("/done").asInt();
    } while (answer.at("/more").asBoolean());
    assertThat(done).isLessThanOrEqualTo(items);
  }

  private static void report(TestWorker worker, String id, String body) {
    Answer answer = worker.server().post("/api/sessions/" + id + "/status", worker.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }
}
