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
            "project",
            "place project=p&place=claimed",
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
