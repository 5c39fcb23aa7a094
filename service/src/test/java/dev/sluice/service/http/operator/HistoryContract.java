package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

abstract class HistoryContract {

  private static final String PATH = "/api/history";

  protected abstract AuthEdge edge();

  @Test
  void handOutsEndsAndCostsAreShownByProjectModelAndHost() {
    OpsOrg org = busy();

    assertThat(sums(org.done("GET", PATH, null)))
        .containsExactlyInAnyOrder(
            "a: 1 claims, 1 completed, $1.5", "b: 1 claims, 0 completed, $0");
    assertThat(sums(org.done("GET", PATH + "?by=model", null)))
        .containsExactly("opus: 2 claims, 1 completed, $1.5");
    assertThat(sums(org.done("GET", PATH + "?by=host", null)))
        .containsExactly("h: 2 claims, 1 completed, $1.5");
    JsonNode all = org.done("GET", PATH + "?by=project", null);
    assertThat(all.at("/bucketMs").asLong()).isEqualTo(300_000);
    assertThat(all.at("/to").asLong() - all.at("/from").asLong()).isEqualTo(86_400_000);
    JsonNode none = org.done("GET", PATH + "?from=0&to=604800000", null);
    assertThat(none.at("/buckets")).isEmpty();
  }

  /** A repeated run counts too. */
  @Test
  void failedRunsAreShownByCause() {
    OpsOrg org = OpsOrg.of(edge());
    for (String cause : List.of("spawn-failed", "agent-blocked", "agent-blocked")) {
      org.enqueue("web", "s-" + System.nanoTime());
      TestWorker worker = org.worker("web", 1);
      fails(worker, TestWorker.claimed(worker.poll()).get(0), ",\"failureMode\":\"" + cause + "\"");
    }

    JsonNode history = org.done("GET", PATH + "?by=cause", null);

    assertThat(history.at("/by").asText()).isEqualTo("cause");
    Map<String, Long> failed = new TreeMap<>();
    for (JsonNode bucket : history.at("/buckets")) {
      for (JsonNode series : bucket.at("/series")) {
        failed.merge(series.at("/name").asText(), series.at("/failed").asLong(), Long::sum);
        assertThat(series.at("/claims").asLong() + series.at("/completed").asLong()).isZero();
        assertThat(series.at("/costUsd").asDouble()).isZero();
        assertThat(series.has("waiting")).isFalse();
      }
    }
    assertThat(failed).isEqualTo(Map.of("agent-blocked", 2L, "spawn-failed", 1L));
  }

  private void fails(TestWorker worker, String id, String more) {
    String body = "{\"workerId\":\"" + worker.id() + "\",\"status\":\"failed\"" + more + "}";
    Answer answer = edge().server().post("/api/sessions/" + id + "/status", worker.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aKeyOfProjectsSeesThoseAlone() {
    OpsOrg org = busy();
    String bound = edge().key(org.name(), Key.Type.USER, Set.of(Scope.FLEET_READ), "a");

    assertThat(sums(org.done(bound, "GET", PATH, null)))
        .containsExactly("a: 1 claims, 1 completed, $1.5");
    for (String by : List.of("model", "host", "cause")) {
      Answer answer = edge().call("GET", PATH + "?by=" + by, bound, null);
      assertThat(answer.status()).as(by).isEqualTo(403);
    }
  }

  @Test
  void wrongParametersAreNamed() {
    OpsOrg org = OpsOrg.of(edge());
    for (String wrong :
        List.of(
            "by ?by=org",
            "from ?from=x",
            "from ?from=-1",
            "to ?to=99999999999999999",
            "from ?from=2&to=1",
            "from ?from=1&to=604800002")) {
      String[] part = wrong.split(" ");
      assertThat(org.refused(400, "GET", PATH + part[1], null).at("/field").asText())
          .as(wrong)
          .isEqualTo(part[0]);
    }
  }

  private OpsOrg busy() {
    OpsOrg org = OpsOrg.of(edge());
    for (String project : List.of("a", "b")) {
      org.done(
          "POST",
          "/api/work",
          "{\"prompt\":\"p\",\"model\":\"opus\",\"projectName\":\""
              + project
              + "\",\"sessionId\":\"s-"
              + project
              + "\"}");
      TestWorker worker = org.worker(project, 1);
      assertThat(TestWorker.claimed(worker.poll())).hasSize(1);
      if (project.equals("a")) {
        Answer report =
            edge()
                .server()
                .post(
                    "/api/sessions/s-a/status",
                    worker.token(),
                    "{\"workerId\":\""
                        + worker.id()
                        + "\",\"status\":\"completed\",\"totalCostUsd\":1.5}");
        assertThat(report.status()).as(report.body()).isEqualTo(200);
      }
    }
    return org;
  }

  private static List<String> sums(JsonNode history) {
    Map<String, double[]> sums = new TreeMap<>();
    for (JsonNode bucket : history.at("/buckets")) {
      for (JsonNode series : bucket.at("/series")) {
        double[] sum = sums.computeIfAbsent(series.at("/name").asText(), name -> new double[3]);
        sum[0] += series.at("/claims").asLong();
        sum[1] += series.at("/completed").asLong();
        sum[2] += series.at("/costUsd").asDouble();
      }
    }
    List<String> all = new ArrayList<>();
    sums.forEach(
        (name, sum) ->
            all.add(
                name
                    + ": "
                    + (long) sum[0]
                    + " claims, "
                    + (long) sum[1]
                    + " completed, $"
                    + (sum[2] == 0 ? "0" : String.valueOf(sum[2]))));
    return all;
  }
}
