package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class WorkOrderContract {

  protected abstract AuthEdge edge();

  @Test
  void waitingWorkIsListedByPlaceWithoutItsItems() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "list-" + System.nanoTime();
    String issue =
        "\",\"issueId\":\"i\",\"env\":{\"SECRET\":\"hidden\"},\"prompt\":\"p\",\"projectName\":\"";
    for (String id : List.of("first", "second")) {
      org.done("POST", "/api/work", "{\"sessionId\":\"" + id + issue + p + "\"}");
    }
    org.done(
        "POST",
        "/api/work",
        "{\"sessionId\":\"third\",\"prompt\":\"p\",\"notBefore\":\"2999-01-01T00:00:00Z\","
            + "\"projectName\":\""
            + p
            + "\"}");
    JsonNode ready = org.done("GET", "/api/work?project=" + p, null);
    assertThat(ready.at("/work")).hasSize(1);
    JsonNode first = ready.at("/work/0");
    assertThat(first.at("/sessionId").asText()).isEqualTo("first");
    assertThat(first.at("/place").asText()).isEqualTo("ready");
    assertThat(first.has("waits")).as("nobody looked").isFalse();
    assertThat(ready.toString()).doesNotContain("hidden");
    assertThat(org.listed("/api/work?project=" + p + "&place=parked", "work", 1))
        .containsExactly("second");
    assertThat(org.listed("/api/work?project=" + p + "&place=later", "work", 1))
        .containsExactly("third");
    assertThat(org.listed("/api/work?project=other", "work", 1)).isEmpty();
    for (String wrong :
        List.of(
            "place project=p&place=returned",
            "place place=CLAIMED",
            "label label=team",
            "label label=",
            "label label=%20=core",
            "label label=a=1&label=a=2",
            "label label=a=%0A",
            "labels labels=a=1",
            "limit project=p&limit=0",
            "limit project=p&limit=1001",
            "cursor project=p&cursor=x",
            "project project=")) {
      String[] part = wrong.split(" ");
      String query = part.length == 1 ? "" : "?" + part[1];
      assertThat(org.refused(400, "GET", "/api/work" + query, null).at("/field").asText())
          .as(wrong)
          .isEqualTo(part[0]);
    }
  }

  @Test
  void workInEveryPlaceIsListedByProjectAndLabel() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "every-" + System.nanoTime();
    String q = p + "-other";
    TestWorker worker = org.worker(p, 10);
    org.enqueue(p, p + "-plain");
    enqueue(org, p, "ended", "{\"run\":\"1\",\"team\":\"core\"}", "");
    enqueue(org, p, "claimed", "{\"run\":\"1\",\"team\":\"edge\"}", "");
    enqueue(org, p, "dead", "{\"run\":\"1\"}", "");
    List<String> claimed = TestWorker.claimed(worker.poll());
    assertThat(claimed).contains("ended", "claimed", "dead", p + "-plain");
    worker.report("ended", "completed");
    worker.report(p + "-plain", "completed");
    org.nack(worker, "dead", "{}");
    enqueue(org, p, "ready", "{\"run\":\"1\"}", ",\"issueId\":\"i\"");
    enqueue(org, p, "parked", "{\"run\":\"1\"}", ",\"issueId\":\"i\"");
    enqueue(org, p, "later", "{\"run\":\"1\"}", ",\"notBefore\":\"2999-01-01T00:00:00Z\"");
    enqueue(org, q, "second", "{\"run\":\"1\"}", "");
    enqueue(org, q, "third", "{\"run\":\"2\"}", "");

    for (int limit : List.of(1, 2, 1_000)) {
      assertThat(org.listed("/api/work?label=run=1", "work", limit))
          .containsExactly("claimed", "ready", "parked", "later", "second", "dead", "ended");
      assertThat(org.listed("/api/work?label=run=1&project=" + p, "work", limit))
          .containsExactly("claimed", "ready", "parked", "later", "dead", "ended");
      assertThat(org.listed("/api/work?label=run=1&label=team=core", "work", limit))
          .containsExactly("ended");
      assertThat(org.listed("/api/work", "work", limit)).hasSize(9);
      assertThat(org.listed("/api/work?place=any&project=" + q, "work", limit))
          .containsExactly("second", "third");
      assertThat(org.listed("/api/work?place=ended", "work", limit))
          .containsExactlyInAnyOrder(p + "-plain", "ended");
      for (String place : List.of("claimed", "ready", "parked", "later", "dead", "ended")) {
        assertThat(
                org.listed("/api/work?label=run=1&project=" + p + "&place=" + place, "work", limit))
            .containsExactly(place);
      }
    }
    assertThat(org.done("GET", "/api/work?limit=1&project=" + p, null).has("nextCursor"))
        .as("one is ready, and it is the only place asked for")
        .isFalse();
    assertThat(org.listed("/api/work?label=run=3", "work", 10)).isEmpty();
    String bound = org.bound(q);
    assertThat(org.listed(bound, "/api/work?label=run=1", "work", 1)).containsExactly("second");
    assertThat(edge().call("GET", "/api/work?project=" + p, bound, null).status()).isEqualTo(403);
    String cursor = org.done("GET", "/api/work?limit=1", null).at("/nextCursor").asText();
    assertThat(org.done(bound, "GET", "/api/work?cursor=" + cursor, null).toString())
        .as("a cursor opens no other project")
        .doesNotContain("\"" + p + "\"");
  }

  private static void enqueue(OpsOrg org, String project, String id, String labels, String more) {
    org.done(
        "POST",
        "/api/work",
        "{\"prompt\":\"p\",\"sessionId\":\"%s\",\"projectName\":\"%s\",\"labels\":%s%s}"
            .formatted(id, project, labels, more));
  }

  @Test
  void aRareLabelIsFoundPageByPageAmongThousands() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "rare-" + System.nanoTime();
    org.waiting(p, 10_500);
    enqueue(org, p, "last", "{\"rare\":\"yes\"}", ",\"priority\":9");
    JsonNode first = org.done("GET", "/api/work?label=rare=yes&project=" + p, null);
    assertThat(first.at("/work")).as("a call looks at about 10,000").isEmpty();
    assertThat(first.has("nextCursor")).isTrue();
    assertThat(org.listed("/api/work?label=rare=yes&project=" + p, "work", 10))
        .containsExactly("last");
  }

  @Test
  void onlyWaitingWorkHasAnOrder() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "order-" + System.nanoTime();
    List<String> ids = org.waiting(p, 3);
    String path = "/api/work/" + ids.get(2);
    assertThat(org.done("PATCH", path, "{\"priority\":2}").at("/position").asInt()).isEqualTo(1);
    assertThat(org.done("PATCH", path, "{\"priority\":2}").at("/position").asInt()).isEqualTo(1);
    TestWorker worker = org.worker(p, 1);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(ids.get(2));
    for (String body : List.of("{\"priority\":2}", "{\"front\":true}")) {
      org.refused(409, "PATCH", path, body);
      org.refused(404, "PATCH", "/api/work/none", body);
    }
    org.refused(400, "PATCH", path, "{\"priority\":2,\"front\":true}");
    org.refused(409, "POST", "/api/sessions/" + ids.get(0) + "/requeue", "");
    worker.report(ids.get(2), "completed");
    JsonNode anew = org.done("POST", "/api/sessions/" + ids.get(2) + "/requeue", "{}");
    assertThat(anew.at("/state").asText()).isEqualTo("pending");
    assertThat(anew.has("endedAt")).isFalse();
  }

  @Test
  void aDrainIsAnOperatorsAndStaysWhateverTheWorkerSays() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "drain-" + System.nanoTime();
    List<String> ids = org.waiting(p, 1);
    TestWorker worker = org.worker(p, 1);
    for (int i = 0; i < 2; i++) { // safe to repeat
      org.done("POST", "/api/workers/" + worker.id() + "/drain", "");
    }
    worker.heartbeat(0);
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    org.done("POST", "/api/workers/" + worker.id() + "/undrain", "{\"reason\":\"done\"}");
    assertThat(TestWorker.claimed(worker.poll())).isEqualTo(ids);
    org.refused(404, "POST", "/api/workers/none/drain", "");
    Answer byItself = edge().post("/api/workers/" + worker.id() + "/drain", worker.token(), "{}");
    assertThat(byItself.status()).isEqualTo(403);
  }
}
