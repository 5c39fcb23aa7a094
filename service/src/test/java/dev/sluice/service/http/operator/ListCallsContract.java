package dev.sluice.service.http.operator;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists in the open-source server's shape, page by page. */
public abstract class ListCallsContract {

  protected abstract SluiceServer server();

  @Test
  void workersAreListedInTheOrderOfTheirRegistration() {
    List<String> registered = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      registered.add(server().register("{\"hostname\":\"listed\",\"capacity\":3}").id());
    }
    for (int limit : List.of(1, 2, 1_000)) {
      List<String> listed = new ArrayList<>();
      List<Long> since = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = get("/api/workers?limit=" + limit + cursor, API_KEY);
        assertThat(page.at("/workers").size()).isLessThanOrEqualTo(limit);
        for (JsonNode worker : page.at("/workers")) {
          listed.add(worker.at("/id").asText());
          since.add(worker.at("/registeredAt").asLong());
        }
        cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
      } while (!cursor.isEmpty());
      assertThat(listed).as("limit %s", limit).doesNotHaveDuplicates().containsAll(registered);
      assertThat(since).as("limit %s", limit).isSorted().doesNotContain(0L);
    }
    registered.forEach(id -> server().delete("/api/workers/" + id, API_KEY));
  }

  @Test
  void aPageOfLargeItemsEndsBeforeItsLimitAndTheCursorGoesOn() {
    String project = "large-" + System.nanoTime();
    String prompt = "x".repeat(900 * 1024);
    List<String> enqueued = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      enqueued.add(project + "-" + i);
      server()
          .enqueue(
              "{\"sessionId\":\"%s\",\"projectName\":\"%s\",\"prompt\":\"%s\"}"
                  .formatted(enqueued.get(i), project, prompt));
    }
    assertThat(listed("/api/work?limit=200&project=" + project, "work", enqueued.size()))
        .containsExactlyElementsOf(enqueued);
    assertThat(
            listed(
                "/api/public/sessions?limit=200&project=" + project, "sessions", enqueued.size()))
        .hasSameSizeAs(enqueued);
    enqueued.forEach(id -> server().delete("/api/work/" + id, API_KEY));
  }

  private List<String> listed(String path, String array, int fewerThan) {
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(path + cursor, API_KEY);
      assertThat(page.at("/" + array).size()).isLessThan(fewerThan);
      page.at("/" + array).forEach(each -> listed.add(each.at("/sessionId").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return listed;
  }

  @Test
  void theSummaryCountsActiveWorkersAndWhatTheyHold() {
    String tag = "summary-" + System.nanoTime();
    TestWorker busy = server().register(registration(tag, 3));
    TestWorker draining = server().register(registration(tag, 5));
    draining.server().post(beat(draining), draining.token(), drainingBeat());
    work(tag + "-1", tag);
    work(tag + "-2", "nobody-" + tag);
    assertThat(TestWorker.claimed(busy.poll())).containsExactly(tag + "-1");
    AgingApplication.age();
    JsonNode all = get("/api/workers?limit=1", API_KEY).at("/summary");
    JsonNode page = get("/api/workers", API_KEY);
    int total = page.at("/workers").size();
    assertThat(all.at("/totalWorkers").asInt()).isEqualTo(total);
    int active = 0;
    int capacity = 0;
    int held = 0;
    int inherited = 0;
    for (JsonNode worker : page.at("/workers")) {
      if (worker.at("/status").asText().equals("active")) {
        active++;
        capacity += worker.at("/capacity").asInt();
        held += worker.at("/activeSessions").size();
        inherited += worker.at("/inheritedSessions").asInt();
      }
    }
    assertThat(all.at("/activeWorkers").asInt()).isEqualTo(active).isLessThan(total);
    assertThat(all.at("/totalCapacity").asInt()).isEqualTo(capacity);
    assertThat(all.at("/totalActive").asInt()).isEqualTo(held);
    assertThat(all.at("/availableCapacity").asInt()).isEqualTo(capacity - held - inherited);
    assertThat(all.at("/queueLength").asInt()).isPositive();
    for (TestWorker worker : List.of(busy, draining)) {
      server().delete("/api/workers/" + worker.id(), API_KEY);
    }
    server().delete("/api/work/" + tag + "-1", API_KEY);
    server().delete("/api/work/" + tag + "-2", API_KEY);
  }

  @Test
  void aCredentialListsTheWorkersItRegistered() {
    String mine = server().register("{\"hostname\":\"mine\"}").id();
    String legacy =
        server()
            .post("/api/workers/register", LEGACY_KEY, "{\"hostname\":\"theirs\"}")
            .text("/workerId");
    assertThat(ids(REGISTRATION_TOKEN)).contains(mine).doesNotContain(legacy);
    assertThat(ids(LEGACY_KEY)).contains(legacy).doesNotContain(mine);
    assertThat(ids(API_KEY)).contains(mine, legacy);
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    assertThat(server().get("/api/workers", worker.token()).status()).isEqualTo(403);
    for (String id : List.of(mine, legacy, worker.id())) {
      server().delete("/api/workers/" + id, API_KEY);
    }
  }

  @Test
  void claimedSessionsAreListedBeforeEndedOnes() {
    String tag = "listed-" + System.nanoTime();
    TestWorker worker = server().register(registration(tag, 10));
    for (int i = 0; i < 6; i++) {
      work(tag + "-" + i, tag);
      assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag + "-" + i);
    }
    work(tag + "-waits", "nobody-" + tag);
    for (int i : List.of(1, 3, 4)) {
      worker.report(tag + "-" + i, "completed");
    }
    for (int limit : List.of(1, 2, 3, 5, 1_000)) {
      List<String> listed = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = get("/api/sessions?limit=" + limit + cursor, worker.token());
        assertThat(page.at("/count").asInt())
            .isEqualTo(page.at("/sessions").size())
            .isLessThanOrEqualTo(limit);
        for (JsonNode session : page.at("/sessions")) {
          String id = session.at("/id").asText();
          if (id.startsWith(tag)) {
            listed.add(id.substring(tag.length() + 1) + " " + session.at("/status").asText());
          }
        }
        cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
      } while (!cursor.isEmpty() && listed.size() < 6);
      assertThat(listed)
          .as("limit %s", limit)
          .containsExactly(
              "0 claimed", "2 claimed", "5 claimed", "4 completed", "3 completed", "1 completed");
    }
    server().delete("/api/work/" + tag + "-waits", API_KEY);
    for (int i : List.of(0, 2, 5)) {
      worker.report(tag + "-" + i, "completed");
    }
    server().delete("/api/workers/" + worker.id(), API_KEY);
  }

  @Test
  void aSessionIsFoundByItself() {
    String id = "single-" + System.nanoTime();
    work(id, id);
    JsonNode session = get("/api/sessions/" + id, API_KEY).at("/session");
    assertThat(session.at("/id").asText()).isEqualTo(id);
    assertThat(session.at("/status").asText()).isEqualTo("pending");
    assertThat(session.has("workerId")).isFalse();
    assertThat(session.has("claimedAt")).isFalse();
    assertThat(server().get("/api/sessions/no-" + id, API_KEY).body())
        .contains("Session not found");
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void whatIsWrongWithAPageIsNamed() {
    for (String path : List.of("/api/workers", "/api/sessions")) {
      for (String limit : List.of("0", "-1", "1001", "x", "1.5", "99999999999", "%00")) {
        named(server().get(path + "?limit=" + limit, API_KEY), "limit");
      }
      for (String cursor : List.of("x", "cx", "ex", "AAAA", "c%00", "%F0%9F%98%80", "eAAAA")) {
        named(server().get(path + "?cursor=" + cursor, API_KEY), "cursor");
      }
      assertThat(server().get(path + "?limit=&cursor=", API_KEY).status()).isEqualTo(200);
    }
  }

  private static void named(Answer answer, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/error")).startsWith(field + " ");
  }

  private List<String> ids(String bearer) {
    return get("/api/workers", bearer).at("/workers").findValuesAsText("id");
  }

  private JsonNode get(String path, String bearer) {
    Answer answer = server().get(path, bearer);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private void work(String id, String project) {
    server()
        .enqueue(
            "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + project + "\"}");
  }

  private static String registration(String project, int capacity) {
    return "{\"hostname\":\"h\",\"capacity\":" + capacity + ",\"projects\":[\"" + project + "\"]}";
  }

  private static String beat(TestWorker worker) {
    return "/api/workers/" + worker.id() + "/heartbeat";
  }

  private static String drainingBeat() {
    return "{\"activeCount\":0,\"status\":\"draining\"}";
  }
}
