package dev.sluice.service.http.protocol;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

abstract class WireContract {

  private static final int MANY = Boolean.getBoolean("sluice.long") ? 10_000 : 2_000;

  protected abstract SluiceServer server();

  @Test
  void workFlowsFromAProducerToAWorkerAndBack() {
    String tag = "main-" + System.nanoTime();
    String low = item(tag + "-low", 4, "\"opaque\": {\"b\": 1.50, \"a\": [ 1,2 ]}, \"kits\": {}");
    String high = item(tag + "-high", 1, "\"note\": \"<b>\\u00e9\\ud83d\\ude00</b>\"");
    String middle = item(tag + "-middle", 2, "\"big\": 12345678901234567890, \"z\": 1e3");
    for (String item : List.of(low, high, middle)) {
      Answer answer = server().enqueue(item);
      assertThat(answer.text("/state")).isEqualTo("pending");
      assertThat(answer.json().at("/position").asInt()).isPositive();
    }
    TestWorker first =
        server().register("{\"hostname\":\"h\",\"capacity\":3,\"projects\":[\"" + tag + "\"]}");
    Answer poll = first.poll();
    assertThat(TestWorker.claimed(poll))
        .containsExactly(tag + "-high", tag + "-middle", tag + "-low");
    assertThat(poll.json().at("/preClaimed").asBoolean()).isTrue();
    assertThat(poll.json().at("/hasInboxMessages").asBoolean()).isFalse();
    assertThat(poll.json().at("/gitCredentials").isArray()).isTrue();
    assertThat(poll.body())
        .as("the producer's members come back byte for byte")
        .contains(behind(high), behind(middle), behind(low));

    assertThat(first.heartbeat(3).json().at("/acknowledged").asBoolean()).isTrue();
    String running = tag + "-high";
    assertThat(first.report(running, "running").json().at("/updated").asBoolean()).isTrue();

    Answer kept = send(running, "directive", "do this \u0000 <i>first</i>");
    Answer lost = send(running, "nudge", "and look");
    assertThat(kept.text("/lane")).isEqualTo("urgent");
    assertThat(lost.text("/lane")).isEqualTo("normal");
    JsonNode messages = first.poll().json().at("/inboxMessages/" + running);
    assertThat(messages.size()).isEqualTo(2);
    assertThat(messages.at("/0/payload").asText()).isEqualTo("do this \u0000 <i>first</i>");
    assertThat(messages.at("/0/id").asText()).isEqualTo(kept.text("/id"));
    assertThat(messages.at("/1/type").asText()).isEqualTo("nudge");
    for (int i = 0; i < 2; i++) { // safe to repeat
      assertThat(ack(first, running, kept.text("/id"), "urgent").status()).isEqualTo(200);
    }

    TestWorker second =
        server().register("{\"hostname\":\"h2\",\"projects\":[\"" + tag + "\"],\"capacity\":1}");
    String returned = tag + "-low";
    Answer nack =
        server()
            .post(
                "/api/sessions/" + returned + "/nack",
                first.token(),
                "{\"reason\":\"no room\",\"work\":{\"sessionId\":\"" + returned + "\"}}");
    assertThat(nack.json().at("/requeued").asBoolean()).isTrue();
    assertThat(TestWorker.claimed(first.poll())).isEmpty();
    Answer again = second.poll();
    assertThat(TestWorker.claimed(again)).containsExactly(returned);
    assertThat(again.body()).contains(behind(low));

    Answer done =
        server()
            .post(
                "/api/sessions/" + running + "/status",
                first.token(),
                "{\"status\":\"completed\",\"totalCostUsd\":0.25,\"error\":null,\"summary\":\"ok\"}");
    assertThat(done.text("/session/status")).isEqualTo("completed");
    assertThat(done.json().at("/session/totalCostUsd").asDouble()).isEqualTo(0.25);
    assertThat(first.report(running, "failed").status()).isEqualTo(409);
    assertThat(first.report(running, "running").json().at("/updated").asBoolean()).isFalse();
    Answer work = server().get("/api/work/" + running, API_KEY);
    assertThat(work.text("/place")).isEqualTo("ended");
    assertThat(work.text("/result/summary")).isEqualTo("ok");

    server().enqueue(item(tag + "-next", 3, "\"n\":1"));
    server().enqueue(item(tag + "-last", 3, "\"n\":1"));
    assertThat(TestWorker.claimed(first.poll())).as("both slots are free again").hasSize(2);
    Answer gone = server().delete("/api/workers/" + first.id(), first.token());
    assertThat(gone.json().at("/unclaimedSessions")).hasSize(3);
    assertThat(first.heartbeat(0).status()).isEqualTo(404);
    assertThat(first.heartbeat(0).body()).contains("Worker not found");
  }

  @Test
  void sixteenWorkersDrainManyItemsEachOnce() throws Exception {
    String project = "drain-" + System.nanoTime();
    enqueueMany(project, MANY);
    List<TestWorker> workers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      workers.add(
          server()
              .register(
                  "{\"hostname\":\"h\",\"capacity\":10000,\"projects\":[\"" + project + "\"]}"));
    }
    Map<String, String> owners = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<Integer>> drains = new ArrayList<>();
      for (TestWorker worker : workers) {
        drains.add(threads.submit(() -> drain(worker, owners)));
      }
      int total = 0;
      for (Future<Integer> drain : drains) {
        total += drain.get();
      }
      assertThat(total).isEqualTo(MANY);
      assertThat(owners).hasSize(MANY);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aWorkerGetsItsItemInOnePollBehindManyOfAnotherProject() {
    String other = "ahead-" + System.nanoTime();
    String own = "own-" + System.nanoTime();
    enqueueMany(other, MANY);
    server()
        .enqueue(
            "{\"prompt\":\"p\",\"sessionId\":\""
                + own
                + "\",\"projectName\":\""
                + own
                + "\",\"priority\":9}");
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + own + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(own);
  }

  @Test
  void aStoppedSessionKeepsItsSlotUntilItsWorkerSaysItEnded() {
    String tag = "stop-" + System.nanoTime();
    server().enqueue(item(tag + "-1", 1, "\"n\":1"));
    server().enqueue(item(tag + "-2", 2, "\"n\":1"));
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + tag + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "-1");
    send(tag + "-1", "directive", "never seen");
    Answer stop = server().post("/api/sessions/" + tag + "-1/stop", API_KEY, "{}");
    assertThat(stop.json().at("/stopped").asBoolean()).isTrue();
    assertThat(stop.json().at("/released").asBoolean()).isFalse();
    Answer poll = worker.poll();
    assertThat(TestWorker.claimed(poll)).isEmpty();
    assertThat(poll.json().at("/inboxMessages/" + tag + "-1")).hasSize(1);
    assertThat(poll.text("/inboxMessages/" + tag + "-1/0/type")).isEqualTo("stop");
    assertThat(server().get("/api/sessions/" + tag + "-1/status", worker.token()).text("/status"))
        .isEqualTo("stopped");
    assertThat(worker.report(tag + "-1", "finalizing").json().at("/updated").asBoolean()).isFalse();
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "-2");
    assertThat(server().delete("/api/work/" + tag + "-1", API_KEY).status()).isEqualTo(200);
  }

  @Test
  void aRepeatedEnqueueAnswersThePresentStateAndOtherContentIsRefused() {
    String id = "repeat-" + System.nanoTime();
    String item = "{\"sessionId\":\"" + id + "\",\"prompt\":\"a\",\"projectName\":\"" + id + "\"}";
    server().enqueue(item);
    Answer same =
        server()
            .post(
                "/api/work",
                API_KEY,
                "{ \"projectName\":\""
                    + id
                    + "\", \"prompt\":\"\\u0061\", \"sessionId\":\""
                    + id
                    + "\"}");
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.json().at("/duplicate").asBoolean()).isTrue();
    Answer other = server().post("/api/work", API_KEY, item.replace("\"a\"", "\"b\""));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("/field")).isEqualTo("sessionId");
  }

  @Test
  void aBulkHasAResultForEachItemAndABadOneSpoilsNone() {
    String id = "bulk-" + System.nanoTime();
    Answer answer =
        server()
            .post(
                "/api/work",
                API_KEY,
                "{\"items\":[{\"sessionId\":\""
                    + id
                    + "\",\"prompt\":\"p\"},{\"priority\":0},[],"
                    + "{\"sessionId\":\""
                    + id
                    + "\",\"prompt\":\"q\"},{\"prompt\":\"p\"}]}");
    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = answer.json().at("/results");
    assertThat(results).hasSize(5);
    assertThat(results.at("/0/sessionId").asText()).isEqualTo(id);
    assertThat(results.at("/1/status").asInt()).isEqualTo(400);
    assertThat(results.at("/1/field").asText()).isEqualTo("prompt");
    assertThat(results.at("/2/status").asInt()).isEqualTo(400);
    assertThat(results.at("/3/status").asInt()).isEqualTo(409);
    assertThat(results.at("/4/sessionId").asText()).startsWith("ses_");
    assertThat(results.at("/4/state").asText()).isEqualTo("pending");
    for (String made : List.of(id, results.at("/4/sessionId").asText())) {
      assertThat(server().delete("/api/work/" + made, API_KEY).status()).isEqualTo(200);
    }
  }

  @Test
  void theDashboardLeadsToItsLogin() {
    Answer page = server().get("/admin", null);
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.headers().firstValue("Location").orElseThrow())
        .isEqualTo("/admin/login?then=%2Fadmin");
  }

  private static int drain(TestWorker worker, Map<String, String> owners) {
    int count = 0;
    while (true) {
      List<String> claimed = TestWorker.claimed(worker.poll());
      if (claimed.isEmpty()) {
        return count;
      }
      for (String id : claimed) {
        assertThat(owners.put(id, worker.id())).as("%s was handed out before", id).isNull();
        count++;
      }
    }
  }

  private void enqueueMany(String project, int count) {
    for (int start = 0; start < count; start += 1_000) {
      StringBuilder items = new StringBuilder("{\"items\":[");
      for (int i = start; i < start + 1_000; i++) {
        items
            .append(i == start ? "" : ",")
            .append("{\"prompt\":\"p\",\"sessionId\":\"")
            .append(project)
            .append('-')
            .append(i)
            .append("\",\"projectName\":\"")
            .append(project)
            .append("\"}");
      }
      Answer answer = server().post("/api/work", API_KEY, items.append("]}").toString());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(Set.copyOf(answer.json().at("/results").findValuesAsText("state")))
          .containsExactly("pending");
    }
  }

  private Answer send(String sessionId, String type, String payload) {
    String json = payload.replace("\u0000", "\\u0000"); // JSON may hold NUL only as an escape
    Answer answer =
        server()
            .post(
                "/api/sessions/" + sessionId + "/inbox",
                API_KEY,
                "{\"type\":\"" + type + "\",\"payload\":\"" + json + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer;
  }

  private Answer ack(TestWorker worker, String sessionId, String messageId, String lane) {
    return server()
        .post(
            "/api/sessions/" + sessionId + "/inbox/ack",
            worker.token(),
            "{\"messageId\":\"" + messageId + "\",\"lane\":\"" + lane + "\"}");
  }

  /** An item of project = tag, the id without its last part. */
  private static String item(String id, int priority, String members) {
    return "{\"sessionId\":\""
        + id
        + "\",\"projectName\":\""
        + id.substring(0, id.lastIndexOf('-'))
        + "\",\"prompt\":\"p\",\"priority\":"
        + priority
        + ", "
        + members
        + "}";
  }

  private static String behind(String item) {
    return item.substring(0, item.length() - 1);
  }
}
