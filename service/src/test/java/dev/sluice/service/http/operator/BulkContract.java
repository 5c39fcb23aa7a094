package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is missed or met twice while items leave the list. */
abstract class BulkContract {

  protected abstract AuthEdge edge();

  @Test
  void thousandsOfDeadLettersAreCountedThrownAwayAndRequeued() {
    OpsOrg org = OpsOrg.of(edge());
    org.dead("many", 2_000);
    org.dead("few", 500);
    assertThat(bulk(org, "requeue", "{}", true)).isEqualTo(new Sum(2_500, 0, 0));
    assertThat(bulk(org, "requeue", "{\"dead\":\"deadline\"}", false)).isEqualTo(new Sum(0, 0, 0));
    assertThat(bulk(org, "discard", "{\"project\":\"few\"}", true)).isEqualTo(new Sum(500, 0, 0));
    assertThat(bulk(org, "discard", "{\"project\":\"few\"}", false))
        .isEqualTo(new Sum(500, 500, 0));
    assertThat(bulk(org, "requeue", "{\"dead\":\"max-nacks\"}", false))
        .isEqualTo(new Sum(2_000, 2_000, 0));
    assertThat(org.listed("/api/dead", "dead", 10)).isEmpty();
    JsonNode queue = org.done("GET", "/api/queues/many", null);
    assertThat(queue.at("/ready").asInt()).isEqualTo(2_000);
    assertThat(queue.at("/dead").asInt()).isZero();
    assertThat(org.audited("requeue"))
        .hasSize(2_000)
        .allSatisfy(line -> assertThat(line).contains("reason=\"test\""));
  }

  @Test
  void waitingWorkIsReprioritisedAndCancelled() {
    OpsOrg org = OpsOrg.of(edge());
    List<String> ids = org.waiting("bulk", 250);
    org.waiting("other", 1);
    org.done("PATCH", "/api/work/" + ids.get(200), "{\"front\":true}");
    org.done("PATCH", "/api/work/" + ids.get(201), "{\"priority\":7}");
    String filter = "{\"project\":\"bulk\"}";
    assertThat(bulk(org, "reprioritise", filter, true)).isEqualTo(new Sum(249, 0, 0));
    assertThat(bulk(org, "reprioritise", filter, false)).isEqualTo(new Sum(249, 249, 0));
    assertThat(bulk(org, "reprioritise", filter, false)).isEqualTo(new Sum(0, 0, 0));
    assertThat(org.listed("/api/work?project=bulk", "work", 100)).containsExactlyElementsOf(ids);
    assertThat(bulk(org, "cancel", "{\"project\":\"bulk\",\"place\":\"parked\"}", false))
        .isEqualTo(new Sum(0, 0, 0));
    assertThat(bulk(org, "cancel", filter, true)).isEqualTo(new Sum(250, 0, 0));
    assertThat(bulk(org, "cancel", filter, false)).isEqualTo(new Sum(250, 250, 0));
    assertThat(org.done("GET", "/api/queues/bulk", null).at("/waiting").asInt()).isZero();
    assertThat(org.done("GET", "/api/queues/other", null).at("/waiting").asInt()).isEqualTo(1);
    assertThat(org.audited("stop")).hasSize(250);
  }

  @Test
  void anOrderThatCouldMeanMoreThanItSaysIsRefused() {
    OpsOrg org = OpsOrg.of(edge());
    for (String wrong :
        List.of(
            "verb {\"filter\":{},\"dryRun\":true}",
            "verb {\"verb\":\"stop\",\"filter\":{},\"dryRun\":true}",
            "filter {\"verb\":\"discard\",\"dryRun\":true}",
            "dryRun {\"verb\":\"discard\",\"filter\":{}}",
            "body {\"verb\":\"discard\",\"filter\":{},\"dryrun\":true}",
            "filter {\"verb\":\"discard\",\"filter\":{\"projct\":\"p\"},\"dryRun\":true}",
            "filter {\"verb\":\"discard\",\"filter\":{\"place\":\"ready\"},\"dryRun\":true}",
            "filter.dead {\"verb\":\"discard\",\"filter\":{\"dead\":\"bored\"},\"dryRun\":true}",
            "filter.project {\"verb\":\"cancel\",\"filter\":{},\"dryRun\":true}",
            "filter.place"
                + " {\"verb\":\"cancel\",\"filter\":{\"project\":\"p\",\"place\":\"dead\"},\"dryRun\":true}",
            "filter"
                + " {\"verb\":\"cancel\",\"filter\":{\"project\":\"p\",\"dead\":\"deadline\"},\"dryRun\":true}",
            "priority {\"verb\":\"reprioritise\",\"filter\":{\"project\":\"p\"},\"dryRun\":true}",
            "priority"
                + " {\"verb\":\"cancel\",\"filter\":{\"project\":\"p\"},\"dryRun\":true,\"priority\":1}",
            "cursor {\"verb\":\"discard\",\"filter\":{},\"dryRun\":true,\"cursor\":\"9\"}",
            "cursor {\"verb\":\"discard\",\"filter\":{},\"dryRun\":true,\"cursor\":\"0x\"}")) {
      int space = wrong.indexOf(' ');
      JsonNode error = org.refused(400, "POST", "/api/bulk", wrong.substring(space + 1));
      assertThat(error.at("/field").asText()).as(wrong).isEqualTo(wrong.substring(0, space));
    }
  }

  private record Sum(int matched, int done, int refused) {}

  private static Sum bulk(OpsOrg org, String verb, String filter, boolean dryRun) {
    Sum sum = new Sum(0, 0, 0);
    String cursor = "";
    do {
      JsonNode answer =
          org.done(
              "POST",
              "/api/bulk",
              "{\"verb\":\""
                  + verb
                  + "\",\"filter\":"
                  + filter
                  + (verb.equals("reprioritise") ? ",\"priority\":7" : "")
                  + ",\"reason\":\"test\",\"dryRun\":"
                  + dryRun
                  + cursor
                  + "}");
      sum =
          new Sum(
              sum.matched + answer.at("/matched").asInt(),
              sum.done + answer.at("/done").asInt(),
              sum.refused + answer.at("/refused").asInt());
      assertThat(answer.at("/more").asBoolean()).isEqualTo(answer.has("nextCursor"));
      cursor = ",\"cursor\":\"" + answer.at("/nextCursor").asText() + "\"";
    } while (!cursor.endsWith(":\"\""));
    return sum;
  }
}
