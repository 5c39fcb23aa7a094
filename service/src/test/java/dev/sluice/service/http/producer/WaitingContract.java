package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class WaitingContract {

  protected abstract SluiceServer server();

  @Test
  void workForLaterWaitsForItsTime() {
    Instant later = Instant.ofEpochMilli(Instant.now().plus(Duration.ofHours(1)).toEpochMilli());
    for (String time :
        List.of(
            Long.toString(later.toEpochMilli()),
            "\"" + later + "\"",
            "\"" + later.atOffset(ZoneOffset.ofHours(5)) + "\"")) {
      String id = enqueue("\"notBefore\":" + time);
      TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
      Answer poll = worker.poll();
      assertThat(TestWorker.claimed(poll)).as(time).isEmpty();
      JsonNode work = work(id);
      assertThat(work.at("/place").asText()).isEqualTo("later");
      assertThat(work.at("/notBefore").asLong()).isEqualTo(later.toEpochMilli());
      assertThat(work.has("position")).isFalse();
      assertThat(work.at("/waits/0/kind").asText()).isEqualTo("not-before");
      assertThat(work.at("/waits/0/reason").asText()).isEqualTo("scheduled for " + later);
      server().delete("/api/work/" + id, API_KEY);
    }
  }

  @Test
  void aTimeThatHasComeIsNoneToWaitFor() {
    for (String time : List.of("0", "1000", "\"2020-02-29T00:00:00Z\"", "null")) {
      String id = enqueue("\"notBefore\":" + time);
      TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
      Answer poll = worker.poll();
      assertThat(TestWorker.claimed(poll)).as(time).containsExactly(id);
      assertThat(poll.body()).as("as its producer sent it").contains("\"notBefore\":" + time);
      worker.report(id, "completed");
    }
  }

  @Test
  void aDeadlineIsKeptAndOneThatHasPassedIsRefused() {
    Instant due = Instant.now().plus(Duration.ofHours(2));
    String id = enqueue("\"deadline\":\"" + due + "\"");
    assertThat(work(id).at("/deadline").asLong()).isEqualTo(due.toEpochMilli());
    server().delete("/api/work/" + id, API_KEY);
    for (String passed : List.of("0", "1000", "\"2020-01-01T00:00:00Z\"")) {
      refused("\"deadline\":" + passed, "deadline", "has passed");
    }
    refused(
        "\"notBefore\":\"2999-01-01T00:00:00Z\",\"deadline\":\"2998-01-01T00:00:00Z\"",
        "deadline",
        "must be later than notBefore");
  }

  @Test
  void aTimeIsEpochMillisecondsOrIsoWithAnOffset() {
    for (String field : List.of("notBefore", "deadline")) {
      for (String wrong :
          List.of(
              "-1",
              "1.5",
              "1e12",
              "253402300800000",
              "true",
              "[]",
              "\"\"",
              "\"1795568454805\"",
              "\"2999-01-01\"",
              "\"2999-01-01T00:00:00\"",
              "\"2999-13-01T00:00:00Z\"",
              "\"+99999-01-01T00:00:00Z\"",
              "\"1969-12-31T23:59:59Z\"",
              "\"tomorrow\"")) {
        refused(
            "\"" + field + "\":" + wrong,
            field,
            "must be epoch milliseconds or an ISO-8601 time with its offset");
      }
    }
  }

  @Test
  void workThatCouldBeTakenSaysHowFarItIsFromTheFront() {
    String project = "front-" + System.nanoTime();
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]}");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(project + "-" + i);
      server()
          .enqueue(
              "{\"prompt\":\"p\",\"sessionId\":\""
                  + ids.get(i)
                  + "\",\"projectName\":\""
                  + project
                  + "\"}");
    }
    JsonNode first = waiting(ids.get(0), "in-order");
    assertThat(first.at("/position").asInt()).isEqualTo(1);
    assertThat(first.at("/place").asText()).isEqualTo("ready");
    assertThat(reason(first)).isEqualTo("next in its project, waits for a free worker");
    JsonNode third = waiting(ids.get(2), "in-order");
    assertThat(third.at("/position").asInt()).isEqualTo(3);
    assertThat(reason(third)).isEqualTo("2 items of its project are ahead");

    assertThat(TestWorker.claimed(worker.poll())).containsExactly(ids.get(0));
    assertThat(work(ids.get(0)).has("waits")).as("it is claimed").isFalse();
    assertThat(reason(waiting(ids.get(1), "workers-full")))
        .isEqualTo("1 worker that takes it is full");

    server()
        .post(
            "/api/workers/" + worker.id() + "/heartbeat",
            worker.token(),
            "{\"activeCount\":0,\"status\":\"draining\"}");
    assertThat(reason(waiting(ids.get(1), "workers-draining")))
        .isEqualTo("1 worker that takes it is draining");

    server().delete("/api/workers/" + worker.id(), worker.token());
    ids.forEach(id -> server().delete("/api/work/" + id, API_KEY));
  }

  @Test
  void workBehindAnotherOfItsIssueSaysSo() {
    String issue = "issue-" + System.nanoTime();
    String first = enqueue("\"issueId\":\"" + issue + "\",\"priority\":2");
    String second = first + "-second";
    server()
        .enqueue(
            "{\"prompt\":\"p\",\"sessionId\":\"%s\",\"projectName\":\"%s\",\"issueId\":\"%s\"}"
                .formatted(second, first, issue));
    JsonNode parked = work(second);
    assertThat(parked.at("/place").asText()).isEqualTo("parked");
    assertThat(parked.at("/waits/0/kind").asText()).isEqualTo("behind-issue");
    assertThat(parked.at("/waits/0/reason").asText())
        .isEqualTo("behind session " + first + " of its issue, which goes first");
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"capacity\":2,\"projects\":[\"" + first + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(first);
    assertThat(work(second).at("/waits/0/reason").asText())
        .isEqualTo("behind session " + first + " of its issue, which is claimed");
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    worker.report(first, "completed");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(second);
    worker.report(second, "completed");
  }

  @Test
  void workThatNobodyTakesSaysWhatIsMissing() {
    String id = enqueue("\"requiredCapabilities\":[\"gpu-" + System.nanoTime() + "\"]");
    TestWorker plain = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    JsonNode work = waiting(id, "no-capability");
    assertThat(reason(work)).startsWith("no worker that takes project " + id + " has gpu-");
    server().delete("/api/workers/" + plain.id(), plain.token());
    server().delete("/api/work/" + id, API_KEY);
  }

  private static String reason(JsonNode work) {
    return work.at("/waits/0/reason").asText();
  }

  private JsonNode waiting(String id, String kind) {
    AgingApplication.age();
    JsonNode work = work(id);
    assertThat(work.at("/waits/0/kind").asText()).as("%s", work).isEqualTo(kind);
    return work;
  }

  private JsonNode work(String id) {
    Answer answer = server().get("/api/work/" + id, API_KEY);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private void refused(String members, String field, String problem) {
    Answer answer = server().post("/api/work", API_KEY, "{\"prompt\":\"p\"," + members + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/error")).isEqualTo(field + " " + problem);
  }

  /** An item with these members, in its own project. */
  private String enqueue(String members) {
    String id = "waits-" + System.nanoTime();
    server()
        .enqueue(
            "{\"prompt\":\"p\",\"sessionId\":\""
                + id
                + "\",\"projectName\":\""
                + id
                + "\","
                + members
                + "}");
    return id;
  }
}
