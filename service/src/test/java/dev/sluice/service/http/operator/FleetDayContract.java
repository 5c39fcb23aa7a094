package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class FleetDayContract {

  protected abstract AuthEdge edge();

  @Test
  void workIsSteeredFromItsEnqueueToItsEnd() {
    OpsOrg org = OpsOrg.of(edge());
    String producer = edge().key(org.name(), Key.Type.USER, Set.of(Scope.WORK_WRITE));
    String operator =
        edge().key(org.name(), Key.Type.USER, Set.of(Scope.FLEET_READ, Scope.FLEET_WRITE));
    String p = "day-" + System.nanoTime();
    String a = p + "-a";
    String b = p + "-b";
    String c = p + "-c";
    for (String id : List.of(a, b, c)) {
      JsonNode enqueued =
          org.done(
              producer,
              "POST",
              "/api/work",
              "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + p + "\"}");
      assertThat(enqueued.at("/state").asText()).isEqualTo("pending");
    }
    TestWorker worker = org.worker(p, 2);
    String list = "/api/work?project=" + p;
    assertThat(org.listed(list, "work", 2)).containsExactly(a, b, c);

    JsonNode sooner =
        org.done(producer, "PATCH", "/api/work/" + c, "{\"priority\":1,\"reason\":\"a fix\"}");
    assertThat(sooner.at("/priority").asInt()).isEqualTo(1);
    assertThat(org.listed(list, "work", 2)).containsExactly(c, a, b);
    org.done(producer, "PATCH", "/api/work/" + b, "{\"front\":true,\"reason\":\"first\"}");
    assertThat(org.listed(list, "work", 2)).containsExactly(b, c, a);

    org.done(operator, "POST", "/api/queues/" + p + "/pause", "{\"reason\":\"a deploy\"}");
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    JsonNode waits = org.done(producer, "GET", "/api/work/" + b, null);
    assertThat(waits.at("/waits/0/kind").asText()).isEqualTo("paused");
    assertThat(waits.at("/waits/0/reason").asText()).contains("a deploy");
    org.done(operator, "POST", "/api/queues/" + p + "/resume", "{\"reason\":\"deployed\"}");

    String record = "/api/workers/" + worker.id();
    JsonNode drained = org.done(operator, "POST", record + "/drain", "{\"reason\":\"new disk\"}");
    assertThat(drained.at("/status").asText()).isEqualTo("draining");
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    JsonNode back = org.done(operator, "POST", record + "/undrain", "");
    assertThat(back.at("/status").asText()).isEqualTo("active");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(b, c);
    worker.report(b, "running");

    JsonNode sent =
        org.done(
            producer,
            "POST",
            "/api/sessions/" + b + "/inbox",
            "{\"type\":\"nudge\",\"payload\":\"how far?\"}");
    assertThat(sent.at("/lane").asText()).isEqualTo("normal");
    assertThat(worker.poll().json().at("/inboxMessages/" + b + "/0/id").asText())
        .isEqualTo(sent.at("/id").asText());
    org.done(operator, "POST", "/api/sessions/" + b + "/stop", "{\"reason\":\"wrong branch\"}");
    assertThat(worker.poll().text("/inboxMessages/" + b + "/0/type")).isEqualTo("stop");
    worker.report(b, "finalizing");
    assertThat(org.done(producer, "GET", "/api/work/" + b, null).at("/state").asText())
        .isEqualTo("stopped");

    JsonNode again =
        org.done(operator, "POST", "/api/sessions/" + c + "/requeue", "{\"reason\":\"stuck\"}");
    assertThat(again.at("/place").asText()).isEqualTo("ready");
    assertThat(again.at("/priority").asInt()).isEqualTo(1);
    assertThat(worker.report(c, "running").status()).as("it lost it for good").isEqualTo(403);
    org.done(producer, "DELETE", "/api/work/" + a, null);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(c);
    worker.report(c, "completed");
    JsonNode ended = org.done(producer, "GET", "/api/work/" + c, null);
    assertThat(ended.at("/state").asText()).isEqualTo("completed");
    assertThat(org.listed(list, "work", 2)).isEmpty();

    assertThat(org.done(operator, "GET", "/api/audit", null).at("/lines"))
        .extracting(
            line ->
                line.at("/actor").asText().equals(id(producer))
                    + " "
                    + line.at("/verb").asText()
                    + " "
                    + line.at("/object").asText()
                    + " "
                    + line.at("/reason").asText())
        .containsExactly(
            "true stop " + a + " ",
            "false requeue " + c + " stuck",
            "false stop " + b + " wrong branch",
            "true send " + b + " ",
            "false undrain " + worker.id() + " ",
            "false drain " + worker.id() + " new disk",
            "false resume " + p + " deployed",
            "false pause " + p + " a deploy",
            "true front " + b + " first",
            "true reprioritise " + c + " a fix");
  }

  /** As AuthEdge names its keys. */
  private static String id(String secret) {
    return "key_" + Secrets.sha256(secret).substring(0, 8);
  }
}
