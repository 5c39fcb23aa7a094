package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class DeadLetterContract {

  protected abstract AuthEdge edge();

  @Test
  void deadLettersAreListedTheLatestFirst() {
    OpsOrg org = OpsOrg.of(edge());
    List<String> older = org.dead("older", 1);
    List<String> newer = org.dead("newer", 1);
    assertThat(org.listed("/api/dead", "dead", 1)).containsExactly(newer.get(0), older.get(0));
    JsonNode letter = org.done("GET", "/api/dead?limit=1", null).at("/dead/0");
    assertThat(letter.at("/project").asText()).isEqualTo("newer");
    assertThat(letter.at("/dead/kind").asText()).isEqualTo("max-nacks");
    assertThat(letter.at("/dead/reason").asText()).isNotEmpty();
    assertThat(letter.at("/nacks").asInt()).isEqualTo(1);
    assertThat(letter.at("/endedAt").asLong()).isPositive();
    assertThat(letter.at("/result").isObject()).isTrue();
    assertThat(org.refused(400, "GET", "/api/dead?cursor=x", null).at("/field").asText())
        .isEqualTo("cursor");
  }

  @Test
  void aDeadLetterRunsAnewWithFreshCountsOrIsThrownAway() {
    OpsOrg org = OpsOrg.of(edge());
    List<String> ids = org.dead("dead", 2);
    String first = "/api/dead/" + ids.get(0);
    String second = "/api/dead/" + ids.get(1);
    JsonNode anew = org.done("POST", first + "/requeue", "{\"reason\":\"mended\"}");
    assertThat(anew.at("/place").asText()).isEqualTo("ready");
    assertThat(anew.at("/nacks").asInt()).isZero();
    assertThat(anew.has("dead")).isFalse();
    assertThat(org.done("DELETE", second + "?reason=no%20use", null).at("/discarded").asBoolean())
        .isTrue();
    assertThat(org.done("GET", "/api/work/" + ids.get(1), null).at("/place").asText())
        .isEqualTo("ended");
    assertThat(org.listed("/api/dead", "dead", 10)).isEmpty();
    assertThat(org.audited("requeue").get(0)).contains(ids.get(0), "mended");
    assertThat(org.audited("stop").get(0)).contains(ids.get(1), "no use");
  }

  @Test
  void aBulkOfOneErrorLeavesTheOtherLettersOfItsReasonAlone() {
    OpsOrg org = OpsOrg.of(edge());
    List<String> clones =
        List.of(
            nacked(org, "{\"reason\":\"git clone failed: exit 128\\nmore\"}"),
            nacked(org, "{\"reason\":\"git clone failed: exit 1\"}"));
    String full = nacked(org, "{\"reason\":\"no space left on device\"}");
    String silent = nacked(org, "{}");
    String preflight =
        nacked(org, "{\"reason\":\"denied\",\"receiptPreflightReason\":{\"code\":\"no_runtime\"}}");
    String strange = nacked(org, "{\"receiptPreflightReason\":[7]}");

    assertThat(org.done("GET", "/api/work/" + full, null).at("/result/error").asText())
        .isEqualTo("no space left on device");
    assertThat(org.done("GET", "/api/work/" + preflight, null).at("/result/error").asText())
        .isEqualTo("denied (no_runtime)");
    assertThat(bulk(org, "git clone failed: exit 5", true).at("/matched").asInt()).isEqualTo(2);
    assertThat(bulk(org, "(no error)", true).at("/matched").asInt()).isEqualTo(2);
    assertThat(bulk(org, "git clone failed: exit #", false).at("/done").asInt()).isEqualTo(2);
    assertThat(org.listed("/api/dead", "dead", 10))
        .containsExactlyInAnyOrder(full, silent, preflight, strange);
    clones.forEach(
        id ->
            assertThat(org.done("GET", "/api/work/" + id, null).at("/place").asText())
                .isEqualTo("ready"));
  }

  private static JsonNode bulk(OpsOrg org, String error, boolean dryRun) {
    String filter = "{\"dead\":\"max-nacks\",\"error\":\"" + error + "\"}";
    return org.done(
        "POST",
        "/api/bulk",
        "{\"verb\":\"requeue\",\"filter\":" + filter + ",\"dryRun\":" + dryRun + "}");
  }

  private static String nacked(OpsOrg org, String body) {
    String project = "cause-" + System.nanoTime();
    String id = org.waiting(project, 1).get(0);
    TestWorker worker = org.worker(project, 1);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    org.nack(worker, id, body);
    return id;
  }

  @Test
  void whatIsNotDeadIsLeftAlone() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "alive-" + System.nanoTime();
    List<String> ids = org.waiting(p, 2);
    TestWorker worker = org.worker(p, 1);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(ids.get(0));
    for (String id : ids) {
      org.refused(409, "POST", "/api/dead/" + id + "/requeue", "");
      org.refused(409, "DELETE", "/api/dead/" + id, null);
    }
    org.refused(404, "POST", "/api/dead/none/requeue", "");
    org.refused(404, "DELETE", "/api/dead/none", null);
    assertThat(worker.report(ids.get(0), "completed").status()).isEqualTo(200);
    org.refused(409, "DELETE", "/api/dead/" + ids.get(0), null);
    assertThat(org.refused(400, "DELETE", "/api/dead/none?reason=%01", null).at("/field").asText())
        .isEqualTo("reason");
    assertThat(org.audited("requeue")).isEmpty();
    assertThat(org.audited("stop")).isEmpty();
  }
}
