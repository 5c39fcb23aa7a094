package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

abstract class ViewDefectsContract extends ReplayScene {

  @Test
  void noCallCostsMoreStepsOfTheStoreForThereBeingMoreSessions() {
    String id = enqueue("measured");
    ReplayWorker worker = worker(1);
    worker.run(id);
    String publicId = listed().get(id).at("/id").asText();
    enqueueFor(tag + "-others", "first", "");
    Map<String, Runnable> calls =
        Map.of(
            "heartbeat", () -> worker.heartbeat(1),
            "poll", worker::poll,
            "lock-refresh", () -> worker.post(id, "lock-refresh", ""),
            "status", () -> worker.status(id),
            "work", () -> work(id),
            "workers", () -> operator().get("/api/workers"),
            "sessions", () -> operator().get("/api/sessions?limit=10"),
            "stats", () -> operator().get("/api/public/stats"),
            "public session", () -> operator().get("/api/public/sessions/" + publicId));
    Map<String, Long> few = new HashMap<>();
    calls.forEach((name, call) -> few.put(name, steps(call)));
    for (int batch = 0; batch < 2; batch++) {
      StringBuilder items = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        items.append(i == 0 ? "" : ",").append(item(batch * 1_000 + i));
      }
      operator().post("/api/work", "{\"items\":[" + items + "]}");
    }
    calls.forEach((name, call) -> assertThat(steps(call)).as(name).isEqualTo(few.get(name)));
    assertThat(few.values()).as("steps are counted").allMatch(steps -> steps > 0);
    clearOthers();
  }

  @Test
  void timesAreMillisecondsOrIsoAndDurationsSeconds() {
    String id = enqueue("times");
    ReplayWorker worker = worker(1);
    worker.run(id);
    passAlive(Duration.ofSeconds(90), worker);
    worker.report(id, "completed");
    long now = server().now();

    JsonNode status = worker.status(id);
    for (String field : new String[] {"createdAt", "updatedAt", "claimedAt", "endedAt"}) {
      assertThat(status.path(field).longValue()).as(field).isBetween(now - 90_000, now);
    }
    JsonNode session = operator().get("/api/sessions/" + id).at("/session");
    assertThat(Instant.parse(session.at("/createdAt").asText()).toEpochMilli())
        .isEqualTo(now - 90_000);
    JsonNode listed = listed().get(id);
    assertThat(listed.at("/duration").isIntegralNumber()).isTrue();
    assertThat(listed.at("/duration").asLong()).isEqualTo(90);
    assertThat(Instant.parse(listed.at("/startedAt").asText()).toEpochMilli())
        .isEqualTo(now - 90_000);
    JsonNode detail = detail(listed);
    assertThat(detail.at("/duration").asLong()).isEqualTo(90);
    assertThat(Instant.parse(detail.at("/timeline/completed").asText()).toEpochMilli())
        .isEqualTo(now);
  }

  @Test
  void whatEndedOnAnotherDayIsNotCountedAsTodays() {
    assertThat(LocalDate.ofInstant(Instant.ofEpochMilli(server().now()), ZoneOffset.UTC))
        .as("the store's day")
        .isBefore(LocalDate.now(ZoneOffset.UTC));
    JsonNode before = operator().get("/api/public/stats");
    String id = enqueue("yesterday");
    ReplayWorker worker = worker(1);
    worker.run(id);
    worker.report(id, "completed", ",\"totalCostUsd\":2");
    JsonNode after = operator().get("/api/public/stats");
    assertThat(cost(after).subtract(cost(before))).isEqualByComparingTo("2");
    for (String today : new String[] {"/completedToday", "/totalCostToday", "/sessionCountToday"}) {
      assertThat(after.at(today).asDouble()).as(today).isEqualTo(before.at(today).asDouble());
    }
  }

  @Test
  void listAndDetailAgreeOnThePublicStatusOfEverySession() {
    Map<String, String> expected = new HashMap<>();
    for (String end : new String[] {"completed", "failed", "stopped"}) {
      String id = enqueue(end);
      ReplayWorker worker = worker(1);
      worker.run(id);
      worker.report(id, end);
      expected.put(id, end);
    }
    String claimed = enqueue("claimed");
    assertThat(worker(1).claims()).containsExactly(claimed);
    expected.put(claimed, "working");
    for (String state : new String[] {"running", "finalizing"}) {
      String id = enqueue(state);
      ReplayWorker worker = worker(1);
      worker.run(id);
      worker.report(id, state);
      expected.put(id, "working");
    }
    String stopping = enqueue("stopping");
    worker(1).run(stopping);
    stop(stopping);
    expected.put(stopping, "stopped");
    expected.put(enqueue("waits", ",\"issueId\":\"" + tag + "-issue\""), "queued");
    expected.put(enqueue("behind", ",\"issueId\":\"" + tag + "-issue\""), "parked");

    Map<String, JsonNode> listed = listed();
    assertThat(listed).hasSameSizeAs(expected);
    expected.forEach(
        (id, status) -> {
          assertThat(listed.get(id).at("/status").asText()).as(id).isEqualTo(status);
          assertThat(detail(listed.get(id)).at("/status").asText()).as(id).isEqualTo(status);
        });
  }

  private static BigDecimal cost(JsonNode stats) {
    return new BigDecimal(stats.at("/totalCostAllTime").asText());
  }

  /** Steps of the store that a call takes; a node's short-lived caches are free. */
  private long steps(Runnable call) {
    return LongStream.range(0, 5)
        .map(
            i -> {
              long before = server().steps();
              call.run();
              return server().steps() - before;
            })
        .min()
        .orElseThrow();
  }

  private Map<String, JsonNode> listed() {
    Map<String, JsonNode> listed = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page = operator().get("/api/public/sessions?project=" + tag + "&cursor=" + cursor);
      page.at("/sessions").forEach(each -> listed.put(each.at("/identifier").asText(), each));
      cursor = page.path("nextCursor").asText();
    } while (!cursor.isEmpty());
    return listed;
  }

  private JsonNode detail(JsonNode listed) {
    return operator().get("/api/public/sessions/" + listed.at("/id").asText()).at("/session");
  }

  private String item(int number) {
    return "{\"sessionId\":\"%1$s-many-%2$d\",\"prompt\":\"p\",\"projectName\":\"%1$s-others\"}"
        .formatted(tag, number);
  }

  private void clearOthers() {
    String order =
        "{\"verb\":\"cancel\",\"filter\":{\"project\":\"%s-others\"},\"dryRun\":false}"
            .formatted(tag);
    while (operator().post("/api/bulk", order).at("/more").asBoolean()) {
      // the next order cancels more
    }
  }
}
