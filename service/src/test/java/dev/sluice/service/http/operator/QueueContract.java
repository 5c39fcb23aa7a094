package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class QueueContract {

  private static final String PAUSE_ALL = "/api/queues/pause";
  private static final String RESUME_ALL = "/api/queues/resume";

  protected abstract AuthEdge edge();

  @Test
  void queuesAreListedByNamePageByPage() {
    OpsOrg org = OpsOrg.of(edge());
    org.waiting("b", 2);
    org.waiting("a", 1);
    org.done("POST", "/api/queues/c/pause", "{\"reason\":\"r\"}");
    org.done("PUT", "/api/queues/d/limits", "{\"maxConcurrent\":0}");
    for (int limit : List.of(1, 3, 1_000)) {
      List<String> names = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = org.done("GET", "/api/queues?limit=" + limit + cursor, null);
        page.at("/queues").forEach(queue -> names.add(queue.at("/project").asText()));
        cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
      } while (!cursor.isEmpty());
      assertThat(names).as("limit %s", limit).containsExactly("a", "b", "c", "d");
    }
    JsonNode queue = org.done("GET", "/api/queues/b", null);
    assertThat(queue.at("/waiting").asInt()).isEqualTo(2);
    assertThat(queue.at("/ready").asInt()).isEqualTo(2);
    assertThat(queue.at("/open").asBoolean()).isTrue();
    assertThat(queue.has("pause") || queue.has("maxConcurrent") || queue.has("spentUsd")).isFalse();
    assertThat(org.refused(400, "GET", "/api/queues?cursor=x", null).at("/field").asText())
        .isEqualTo("cursor");
    assertThat(org.refused(400, "GET", "/api/queues/a%01", null).at("/field").asText())
        .isEqualTo("project");
  }

  @Test
  void aPauseSaysWhoAndWhyAndMayEndByItself() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "pause-" + System.nanoTime();
    org.waiting(p, 1);
    TestWorker worker = org.worker(p, 1);
    String pause = "/api/queues/" + p + "/pause";
    Instant until =
        Instant.now().plus(Duration.ofDays(1)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    for (String time : List.of("\"" + until + "\"", String.valueOf(until.toEpochMilli()))) {
      JsonNode paused =
          org.done("POST", pause, "{\"reason\":\"over night\",\"until\":" + time + "}");
      assertThat(paused.at("/open").asBoolean()).isFalse();
      assertThat(paused.at("/pause/reason").asText()).isEqualTo("over night");
      assertThat(paused.at("/pause/actor").asText()).startsWith("key_");
      assertThat(paused.at("/pause/until").asLong()).isEqualTo(until.toEpochMilli());
    }
    assertThat(org.done("POST", pause, "{\"reason\":\"for good\"}").at("/pause").has("until"))
        .as("one in force is replaced")
        .isFalse();
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    for (String wrong :
        List.of(
            "reason {}",
            "reason {\"reason\":\"\"}",
            "reason {\"reason\":\" \"}",
            "until {\"reason\":\"r\",\"until\":1}",
            "until {\"reason\":\"r\",\"until\":\"2020-01-01T00:00:00Z\"}")) {
      int space = wrong.indexOf(' ');
      assertThat(org.refused(400, "POST", pause, wrong.substring(space + 1)).at("/field").asText())
          .isEqualTo(wrong.substring(0, space));
    }
    for (int i = 0; i < 2; i++) { // safe to repeat
      assertThat(org.done("POST", "/api/queues/" + p + "/resume", "").has("pause")).isFalse();
    }
    assertThat(TestWorker.claimed(worker.poll())).hasSize(1);
  }

  @Test
  void allAreAtOncePausedByAKeyAndResumedButForThoseOfOthers() {
    OpsOrg org = OpsOrg.of(edge());
    for (String project : List.of("a", "b", "c")) {
      org.waiting(project, 1);
    }
    TestWorker worker = org.worker("a", 1);
    org.done("POST", "/api/queues/c/pause", "{\"reason\":\"broken\"}");

    JsonNode dry = org.done("POST", PAUSE_ALL, "{\"reason\":\"down\",\"dryRun\":true}");
    assertThat(dry.toString()).isEqualTo("{\"paused\":[\"a\",\"b\"],\"alreadyPaused\":1}");
    assertThat(org.done("GET", "/api/queues/a", null).at("/open").asBoolean()).isTrue();
    JsonNode done =
        org.done("POST", PAUSE_ALL, "{\"reason\":\"down\",\"until\":\"2999-01-01T00:00:00Z\"}");
    assertThat(done).isEqualTo(dry);
    JsonNode pause = org.done("GET", "/api/queues/a", null).at("/pause");
    assertThat(pause.at("/reason").asText()).isEqualTo("pause all: down");
    assertThat(pause.at("/until").asLong()).isEqualTo(32_472_144_000_000L);
    assertThat(org.audited("pause")).hasSize(3);
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    assertThat(org.done("POST", PAUSE_ALL, "{\"reason\":\"again\"}").toString())
        .isEqualTo("{\"paused\":[],\"alreadyPaused\":3}");

    String other = edge().key(org.name(), Key.Type.USER, Set.of(Scope.FLEET_WRITE));
    assertThat(org.done(other, "POST", RESUME_ALL, "{}").toString())
        .isEqualTo("{\"resumed\":[],\"stillPaused\":3}");
    assertThat(org.done("POST", RESUME_ALL, "{\"by\":\"me\"}").toString())
        .isEqualTo("{\"resumed\":[\"a\",\"b\"],\"stillPaused\":1}");
    assertThat(TestWorker.claimed(worker.poll())).hasSize(1);
    assertThat(org.done(other, "POST", RESUME_ALL, "{\"by\":\"anyone\"}").toString())
        .isEqualTo("{\"resumed\":[\"c\"],\"stillPaused\":0}");
    for (String wrong : List.of("{\"by\":\"all\"}", "{\"by\":\"\"}")) {
      assertThat(org.refused(400, "POST", RESUME_ALL, wrong).at("/field").asText()).isEqualTo("by");
    }
  }

  @Test
  void aKeyOfSomeProjectsPausesAllOfThem() {
    OpsOrg org = OpsOrg.of(edge());
    org.waiting("mine", 1);
    org.waiting("other", 1);
    String key =
        org.done(
                "POST",
                "/api/keys",
                "{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"fleet:write\"],\"projects\":[\"mine\"]}")
            .at("/secret")
            .asText();

    assertThat(org.done(key, "POST", PAUSE_ALL, "{\"reason\":\"r\"}").toString())
        .isEqualTo("{\"paused\":[\"mine\"],\"alreadyPaused\":0}");
    assertThat(org.done("GET", "/api/queues/other", null).at("/open").asBoolean()).isTrue();
    org.done("POST", "/api/queues/other/pause", "{\"reason\":\"r\"}");
    assertThat(org.done(key, "POST", RESUME_ALL, "{\"by\":\"anyone\"}").toString())
        .isEqualTo("{\"resumed\":[\"mine\"],\"stillPaused\":0}");
  }

  @Test
  void limitsAreSetTogetherAndHoldAtOnce() {
    OpsOrg org = OpsOrg.of(edge());
    String p = "limit-" + System.nanoTime();
    org.waiting(p, 3);
    TestWorker worker = org.worker(p, 3);
    String limits = "/api/queues/" + p + "/limits";
    JsonNode set = org.done("PUT", limits, "{\"maxConcurrent\":1,\"dailyBudgetUsd\":0.75}");
    assertThat(set.at("/maxConcurrent").asInt()).isEqualTo(1);
    assertThat(set.at("/dailyBudgetUsd").asDouble()).isEqualTo(0.75);
    assertThat(set.at("/spentUsd").asInt()).isZero();
    List<String> claimed = TestWorker.claimed(worker.poll());
    assertThat(claimed).hasSize(1);
    Answer ended =
        edge()
            .post(
                "/api/sessions/" + claimed.get(0) + "/status",
                worker.token(),
                "{\"status\":\"completed\",\"totalCostUsd\":1}");
    assertThat(ended.status()).isEqualTo(200);
    assertThat(TestWorker.claimed(worker.poll())).as("the budget is spent").isEmpty();
    JsonNode spent = org.done("GET", "/api/queues/" + p, null);
    assertThat(spent.at("/spentUsd").asInt()).isEqualTo(1);
    assertThat(spent.at("/open").asBoolean()).isFalse();
    JsonNode none = org.done("PUT", limits, "{\"maxConcurrent\":null}");
    assertThat(none.has("maxConcurrent") || none.has("dailyBudgetUsd")).isFalse();
    assertThat(TestWorker.claimed(worker.poll())).hasSize(2);
  }
}
