package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class WhyNoWorkContract {

  protected abstract AuthEdge edge();

  @Test
  void eachGroupNamesWhatKeepsTheWorkerFromIt() {
    OpsOrg org = OpsOrg.of(edge());
    TestWorker worker = org.worker("web", 2);
    org.waiting("web", 3);
    org.waiting("app", 2);
    enqueue(org, "gpu", "web", "\"requiredCapabilities\":[\"gpu\",\"big\"]");
    enqueue(org, "later", "web", "\"notBefore\":4102444800000");
    enqueue(org, "first", "web", "\"issueId\":\"i\"");
    enqueue(org, "second", "web", "\"issueId\":\"i\"");

    assertThat(groups(org, worker, org.key()))
        .containsExactly(
            "web [] 4: ",
            "app [] 2: no-worker it doesn't take project app",
            "web [] 1: behind-issue behind other work of their issues",
            "web [] 1: not-before scheduled for a later time",
            "web [\"big\",\"gpu\"] 1: no-capability it lacks big, gpu");
    assertThat(groups(org, worker, org.bound("web"))).hasSize(4);

    assertThat(TestWorker.claimed(worker.poll())).hasSize(2);
    org.done("POST", "/api/queues/web/pause", "{\"reason\":\"r\"}");
    assertThat(groups(org, worker, org.bound("web")).get(0))
        .matches("web \\[] 3: paused project web was paused by .+: r; workers-full it is full");
  }

  @Test
  void aRepositoryThatItDoesNotListIsNamed() {
    OpsOrg org = OpsOrg.of(edge());
    String site = "\"repository\":\"https://git.example/acme/site.git\"";
    enqueue(org, "site", "web", site);
    assertThat(groups(org, org.worker("web", 2), org.key()))
        .containsExactly("web [] git.example/acme/site 1: ");

    assertThat(groups(org, listing(org, "git.example/acme/parser"), org.key()))
        .containsExactly(
            "web [] git.example/acme/site 1: no-repository it doesn't list repository"
                + " git.example/acme/site");
    org.refused(404, "GET", "/api/workers/wkr_none/why", null);
  }

  private TestWorker listing(OpsOrg org, String repository) {
    String body =
        "{\"hostname\":\"h\",\"capacity\":1,\"projects\":[\"web\"],"
            + "\"daemonProjects\":[{\"id\":\"web\",\"repository\":\"%s\"}]}";
    JsonNode worker =
        org.done(org.token(), "POST", "/api/workers/register", body.formatted(repository));
    return new TestWorker(
        edge().server(), worker.at("/workerId").asText(), worker.at("/runtimeToken").asText());
  }

  private static void enqueue(OpsOrg org, String id, String project, String more) {
    org.done(
        "POST",
        "/api/work",
        "{\"sessionId\":\"%s\",\"projectName\":\"%s\",\"prompt\":\"p\",%s}"
            .formatted(id, project, more));
  }

  private static List<String> groups(OpsOrg org, TestWorker worker, String bearer) {
    JsonNode answer = org.done(bearer, "GET", "/api/workers/" + worker.id() + "/why", null);
    assertThat(answer.at("/complete").asBoolean()).isTrue();
    List<String> groups = new ArrayList<>();
    for (JsonNode group : answer.at("/groups")) {
      List<String> reasons = new ArrayList<>();
      group
          .at("/reasons")
          .forEach(
              reason ->
                  reasons.add(reason.at("/kind").asText() + " " + reason.at("/reason").asText()));
      groups.add(
          group.at("/project").asText()
              + " "
              + group.at("/capabilities")
              + (group.has("repository") ? " " + group.at("/repository").asText() : "")
              + " "
              + group.at("/waiting")
              + ": "
              + String.join("; ", reasons));
    }
    return groups;
  }
}
