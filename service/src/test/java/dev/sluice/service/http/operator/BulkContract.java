package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  @Test
  void exactlyTheNamedItemsAreChangedAndEachIsTold() {
    OpsOrg org = OpsOrg.of(edge());
    List<String> ids = org.waiting("named", 3);
    String dead = org.dead("named-dead", 1).get(0);
    TestWorker worker = org.worker("named", 1);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(ids.get(0));
    String all = "\"" + String.join("\",\"", ids) + "\",\"" + dead + "\",\"none\"";

    JsonNode dry = byIds(org, org.key(), "cancel", all, true);
    assertThat(outcomes(dry)).containsExactly("claimed", "done", "done", "dead", "unknown");
    assertThat(dry.at("/matched").asInt()).isEqualTo(2);
    assertThat(dry.at("/done").asInt()).isZero();
    assertThat(dry.at("/refused").asInt()).isEqualTo(3);
    assertThat(org.done("GET", "/api/queues/named", null).at("/waiting").asInt()).isEqualTo(2);

    assertThat(byIds(org, org.key(), "cancel", all, false).at("/done").asInt()).isEqualTo(2);
    assertThat(outcomes(byIds(org, org.key(), "requeue", all, false)))
        .containsExactly("claimed", "ended", "ended", "done", "unknown");
    JsonNode stopped = byIds(org, org.key(), "stop", all, false);
    assertThat(outcomes(stopped)).containsExactly("done", "ended", "ended", "waiting", "unknown");
    assertThat(
            org.done("GET", "/api/stops/" + stopped.at("/stopId").asText(), null)
                .at("/sessions/0/sessionId")
                .asText())
        .isEqualTo(ids.get(0));
    assertThat(org.audited("bulk")).hasSize(2);
  }

  @Test
  void messagesReachTheNamedSessions() {
    OpsOrg org = OpsOrg.of(edge());
    List<String> ids = org.waiting("told", 2);
    String body =
        "{\"verb\":\"send\",\"ids\":[\"%s\",\"%s\"],\"dryRun\":false,%s}"
            .formatted(
                ids.get(0), ids.get(1), "\"message\":{\"type\":\"nudge\",\"payload\":\"hello\"}");

    assertThat(org.done("POST", "/api/bulk", body).at("/done").asInt()).isEqualTo(2);
    assertThat(org.done("GET", "/api/inbox?lane=normal", null).at("/messages")).hasSize(2);
  }

  @Test
  void aBoundKeyActsOnItsProjectsAlone() {
    OpsOrg org = OpsOrg.of(edge());
    String mine = org.waiting("mine", 1).get(0);
    String theirs = org.waiting("theirs", 1).get(0);
    JsonNode minted =
        org.done(
            "POST",
            "/api/keys",
            "{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"work:write\"],\"projects\":[\"mine\"]}");

    JsonNode answer =
        byIds(
            org,
            minted.at("/secret").asText(),
            "cancel",
            "\"" + theirs + "\",\"" + mine + "\"",
            false);

    assertThat(outcomes(answer)).containsExactly("unknown", "done");
    assertThat(org.done("GET", "/api/work/" + theirs, null).at("/place").asText())
        .isEqualTo("ready");
  }

  @Test
  void anOrderByIdsThatIsUnclearOrTooLargeIsRefused() {
    OpsOrg org = OpsOrg.of(edge());
    String many =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(i -> "\"s" + i + "\"")
            .collect(Collectors.joining(","));
    for (String wrong :
        List.of(
            "body {\"verb\":\"cancel\",\"ids\":[\"a\"],\"filter\":{},\"dryRun\":true}",
            "verb {\"verb\":\"kill\",\"ids\":[\"a\"],\"dryRun\":true}",
            "ids {\"verb\":\"cancel\",\"ids\":[],\"dryRun\":true}",
            "ids {\"verb\":\"cancel\",\"ids\":[" + many + "],\"dryRun\":true}",
            "dryRun {\"verb\":\"cancel\",\"ids\":[\"a\"]}",
            "priority {\"verb\":\"reprioritise\",\"ids\":[\"a\"],\"dryRun\":true}",
            "message {\"verb\":\"send\",\"ids\":[\"a\"],\"dryRun\":true}",
            "message.type {\"verb\":\"send\",\"ids\":[\"a\"],\"dryRun\":true,\"message\":{\"type\":\"stop\"}}",
            "message {\"verb\":\"stop\",\"ids\":[\"a\"],\"dryRun\":true,\"message\":{}}",
            "cursor {\"verb\":\"stop\",\"ids\":[\"a\"],\"dryRun\":true,\"cursor\":\"1\"}")) {
      int space = wrong.indexOf(' ');
      JsonNode error = org.refused(400, "POST", "/api/bulk", wrong.substring(space + 1));
      assertThat(error.at("/field").asText())
          .as(wrong.substring(0, Math.min(90, wrong.length())))
          .isEqualTo(wrong.substring(0, space));
    }
  }

  private static JsonNode byIds(OpsOrg org, String key, String verb, String ids, boolean dryRun) {
    return org.done(
        key,
        "POST",
        "/api/bulk",
        "{\"verb\":\"%s\",\"ids\":[%s],\"dryRun\":%s}".formatted(verb, ids, dryRun));
  }

  private static List<String> outcomes(JsonNode answer) {
    return answer.at("/items").findValuesAsText("outcome");
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
