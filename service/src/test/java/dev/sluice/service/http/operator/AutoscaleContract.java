package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.deploy.DeployFile;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class AutoscaleContract {

  private static final String AUTOSCALE = "/api/autoscale";

  protected abstract AuthEdge edge();

  @Test
  void theDemandOfAProjectIsWhatPollsWouldClaim() {
    OpsOrg org = OpsOrg.of(edge());
    String project = "/api/queues/web";
    assertThat(figures(org, "?project=web")).isEqualTo("0 0 0 0");
    org.waiting("web", 5);
    org.waiting("app", 1);
    org.enqueue("web", "x");
    org.done("POST", "/api/work", item("later", "web", "\"notBefore\":4102444800000"));
    assertThat(figures(org, "?project=web")).isEqualTo("6 0 0 6");
    assertThat(figures(org, "")).isEqualTo("7 0 0 7");

    TestWorker worker = org.worker("web", 2);
    String accepted = TestWorker.claimed(worker.poll()).get(0);
    worker.report(accepted, "running");
    assertThat(figures(org, "?project=web")).isEqualTo("6 1 1 4");
    assertThat(figures(org, "")).isEqualTo("7 1 1 5");

    org.done("PUT", project + "/limits", "{\"maxConcurrent\":3}");
    assertThat(figures(org, "?project=web")).isEqualTo("3 1 1 1");
    org.done("POST", project + "/pause", "{\"reason\":\"r\"}");
    assertThat(figures(org, "?project=web")).isEqualTo("2 1 1 0");
    org.done("POST", project + "/resume", "");
    org.done("PUT", project + "/limits", "{\"dailyBudgetUsd\":0}");
    assertThat(figures(org, "?project=web")).isEqualTo("2 1 1 0");
  }

  @Test
  void groupsTellWhatWorkersMustHave() {
    OpsOrg org = OpsOrg.of(edge());
    org.waiting("web", 2);
    String gpu = "\"requiredCapabilities\":[\"gpu\",\"big\"]";
    String parser = "\"repository\":\"https://git.example/acme/parser.git\"";
    org.done("POST", "/api/work", item("a", "web", gpu));
    org.done("POST", "/api/work", item("b", "web", gpu + "," + parser));
    org.done("POST", "/api/work", item("c", "web", parser));

    assertThat(groups(org, "?project=web"))
        .containsExactlyInAnyOrder(
            "{\"capabilities\":[],\"unmet\":2}",
            "{\"capabilities\":[\"big\",\"gpu\"],\"unmet\":1}",
            "{\"capabilities\":[\"big\",\"gpu\"],\"repository\":\"git.example/acme/parser\",\"unmet\":1}",
            "{\"capabilities\":[],\"repository\":\"git.example/acme/parser\",\"unmet\":1}");
    assertThat(figures(org, "?capabilities=")).isEqualTo("3 0 0 3");
    assertThat(figures(org, "?capabilities=gpu")).isEqualTo("3 0 0 3");
    assertThat(figures(org, "?capabilities=gpu,big,more")).isEqualTo("5 0 0 5");
    assertThat(figures(org, "?capabilities=gpu,big&repository=git.example/acme/site"))
        .isEqualTo("3 0 0 3");
    assertThat(figures(org, "?repository=git@git.example:acme/parser.git")).isEqualTo("5 0 0 5");

    TestWorker plain = org.worker("web", 1);
    assertThat(TestWorker.claimed(plain.poll())).hasSize(1);
    assertThat(figures(org, "?project=web&capabilities=")).isEqualTo("3 0 1 2");
    assertThat(figures(org, "?project=web&capabilities=gpu,big")).isEqualTo("4 0 0 4");
    assertThat(org.refused(400, "GET", AUTOSCALE + "?repository=.", null).at("/field").asText())
        .isEqualTo("repository");
    assertThat(org.refused(400, "GET", AUTOSCALE + "?project=%01", null).at("/field").asText())
        .isEqualTo("project");
  }

  @Test
  void aBoundKeySeesItsProjectsOnly() {
    OpsOrg org = OpsOrg.of(edge());
    org.waiting("own", 2);
    org.waiting("other", 3);
    String key = org.bound("own");

    JsonNode seen = org.done(key, "GET", AUTOSCALE, null);
    assertThat(seen.at("/desired").asInt()).isEqualTo(2);
    assertThat(seen.at("/projects").findValuesAsText("project")).containsExactly("own");
    assertThat(edge().call("GET", AUTOSCALE + "?project=other", key, null).status()).isEqualTo(403);
  }

  /** A stand-in for the metrics-api scaler, which reads one number by a path. */
  @Test
  void theScaledObjectReadsTheDesiredSlots() throws Exception {
    OpsOrg org = OpsOrg.of(edge());
    org.waiting("web", 3);
    org.waiting("app", 1);
    TestWorker worker = org.worker("web", 1);
    worker.poll();
    JsonNode trigger =
        DeployFile.documents("deploy/kubernetes/keda.yaml").get(1).at("/spec/triggers/0");
    assertThat(trigger.at("/type").asText()).isEqualTo("metrics-api");
    URI url = URI.create(trigger.at("/metadata/url").asText());

    JsonNode answer = org.done("GET", url.getPath() + "?" + url.getQuery(), null);

    String path = trigger.at("/metadata/valueLocation").asText().replace('.', '/');
    JsonNode value = answer.at("/" + path);
    assertThat(value.isNumber()).isTrue();
    assertThat(value.asInt()).isEqualTo(3);
  }

  @Test
  void aWorkerIsReleasedOnceNothingWouldBeLostWithIt() {
    OpsOrg org = OpsOrg.of(edge());
    TestWorker busy = org.worker("web", 2);
    TestWorker idle = org.worker("web", 1);
    String session = org.waiting("web", 1).get(0);
    busy.poll();
    assertThat(workers(org, "true")).containsExactly(idle.id());
    assertThat(workers(org, "false")).containsExactly(busy.id());
    assertThat(
            org.done("GET", "/api/workers?removable=false", null)
                .at("/workers/0/notRemovable")
                .asText())
        .isEqualTo("has 1 claim");

    String release = "/api/workers/" + busy.id() + "/release";
    JsonNode answer = org.done("POST", release, "{\"reason\":\"scale in\"}");
    assertThat(answer.toString())
        .isEqualTo("{\"released\":false,\"claims\":1,\"because\":\"has 1 claim\"}");
    assertThat(org.done("POST", release, "").at("/released").asBoolean()).isFalse();
    assertThat(org.audited("drain")).hasSize(1).allMatch(line -> line.contains("scale in"));
    org.enqueue("web", "next");
    busy.report(session, "completed");
    assertThat(TestWorker.claimed(busy.poll())).isEmpty();
    assertThat(org.done("POST", release, "").toString())
        .isEqualTo("{\"released\":true,\"claims\":0}");
    assertThat(workers(org, "true")).contains(busy.id());

    org.refused(404, "POST", "/api/workers/none/release", "");
    assertThat(org.refused(400, "GET", "/api/workers?removable=x", null).at("/field").asText())
        .isEqualTo("removable");
  }

  @Test
  void aProtectedWorkerIsNotReleased() {
    OpsOrg org = OpsOrg.of(edge());
    TestWorker kept = org.worker("web", 1);
    TestWorker idle = org.worker("web", 1);
    String record = "/api/workers/" + kept.id();
    long until = System.currentTimeMillis() / 1_000 * 1_000 + 3_600_000;
    String end = Instant.ofEpochMilli(until).toString();

    JsonNode answer =
        org.done(
            "PUT", record + "/protection", "{\"until\":\"%s\",\"reason\":\"r\"}".formatted(end));

    assertThat(answer.at("/protectedUntil").asLong()).isEqualTo(until);
    assertThat(org.done("GET", record, null)).isEqualTo(answer);
    assertThat(workers(org, "true")).containsExactly(idle.id());
    JsonNode listed = org.done("GET", "/api/workers?removable=false", null).at("/workers/0");
    assertThat(listed.at("/id").asText()).isEqualTo(kept.id());
    assertThat(listed.at("/notRemovable").asText()).isEqualTo("is protected until " + end);
    assertThat(listed.at("/protectedUntil").asLong()).isEqualTo(until);
    assertThat(org.done("POST", record + "/release", "").toString())
        .isEqualTo(
            "{\"released\":false,\"claims\":0,\"because\":\"is protected until %s\"}"
                .formatted(end));
    String session = org.waiting("web", 1).get(0);
    assertThat(TestWorker.claimed(kept.poll())).as("it isn't drained").containsExactly(session);
    assertThat(org.audited("protect")).hasSize(1).allMatch(line -> line.contains("until " + end));

    org.done("PUT", record + "/protection", "{\"minutes\":10080}");
    answer = org.done("DELETE", record + "/protection?reason=over", null);
    assertThat(answer.has("protectedUntil")).isFalse();
    assertThat(org.audited("unprotect")).hasSize(1).allMatch(line -> line.contains("over"));
    assertThat(org.done("POST", record + "/release", "").at("/because").asText())
        .isEqualTo("has 1 claim");
  }

  @Test
  void aProtectionEndsWithinSevenDays() {
    OpsOrg org = OpsOrg.of(edge());
    String path = "/api/workers/" + org.worker("web", 1).id() + "/protection";
    long now = System.currentTimeMillis();

    for (String wrong :
        List.of(
            "\"until\":" + (now - 1),
            "\"until\":" + (now + Duration.ofDays(7).plusMinutes(1).toMillis()),
            "\"until\":\"tomorrow\"",
            "\"until\":true")) {
      JsonNode refused = org.refused(400, "PUT", path, "{" + wrong + "}");
      assertThat(refused.at("/field").asText()).as(wrong).isEqualTo("until");
    }
    for (String wrong : List.of("", "\"minutes\":0", "\"minutes\":10081")) {
      JsonNode refused = org.refused(400, "PUT", path, "{" + wrong + "}");
      assertThat(refused.at("/field").asText()).as(wrong).isEqualTo("minutes");
    }
    org.done("PUT", path, "{\"until\":" + (now + Duration.ofDays(7).toMillis()) + "}");
    org.refused(404, "PUT", "/api/workers/none/protection", "{\"minutes\":1}");
    org.refused(404, "DELETE", "/api/workers/none/protection", null);
  }

  private static List<String> workers(OpsOrg org, String removable) {
    return org.done("GET", "/api/workers?removable=" + removable, null)
        .at("/workers")
        .findValuesAsText("id");
  }

  private static String item(String id, String project, String more) {
    return "{\"prompt\":\"p\",\"projectName\":\"%s\",\"sessionId\":\"%s\",%s}"
        .formatted(project, id + "-" + System.nanoTime(), more);
  }

  /** All projects are read at most once a second. */
  private static String figures(OpsOrg org, String query) {
    if (!query.contains("project=")) {
      AgingApplication.age();
    }
    JsonNode all = org.done("GET", AUTOSCALE + query, null);
    assertThat(all.at("/complete").asBoolean()).isTrue();
    return "%s %s %s %s"
        .formatted(all.at("/desired"), all.at("/running"), all.at("/starting"), all.at("/unmet"));
  }

  private static List<String> groups(OpsOrg org, String query) {
    List<String> groups = new ArrayList<>();
    org.done("GET", AUTOSCALE + query, null)
        .at("/projects/0/groups")
        .forEach(group -> groups.add(group.toString()));
    return groups;
  }
}
