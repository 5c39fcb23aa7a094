package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

abstract class LimitsContract {

  private static final String REASON = "{\"reason\":\"test\"}";
  private static final String SALT = "pepper";

  /** Overrides of {@code config.yml}. */
  static String[] low(String... more) {
    return Stream.concat(
            Stream.of(
                "limits.maxWaiting=3",
                "limits.maxNacks=1",
                "limits.maxBatch=2",
                "limits.maxBytes=2000000",
                "limits.maxWorkers=20",
                "limits.maxWorkersPerKey=20",
                "limits.maxSessionCostUsd=50",
                "limits.maxProjects=20",
                "publicFamily.idSalt=" + SALT,
                "publicFamily.embeds=true"),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  protected abstract SluiceServer server();

  @Test
  void aFullQueueIsToldWhenToComeAgain() {
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add("full-" + System.nanoTime());
      server().enqueue(item(waiting.get(i)));
    }
    Answer refused = server().post("/api/work", API_KEY, item("one-more"));
    assertThat(refused.status()).as(refused.body()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(StrictJson.read(refused).at("/error").asText())
        .isEqualTo("The org has as much waiting work as it may have; try again later");
    assertThat(server().post("/api/work", API_KEY, item(waiting.get(0))).status())
        .as("a repeat takes no room")
        .isEqualTo(200);

    server().delete("/api/work/" + waiting.get(0), API_KEY);
    Answer bulk =
        server()
            .post(
                "/api/work",
                API_KEY,
                "{\"items\":[" + item("fits") + "," + item("does-not") + "]}");
    assertThat(bulk.status()).isEqualTo(200);
    JsonNode results = StrictJson.read(bulk).at("/results");
    assertThat(results.at("/0/state").asText()).isEqualTo("pending");
    assertThat(results.at("/1/status").asInt()).isEqualTo(429);
    assertThat(results.at("/1/error").asText()).isNotEmpty();

    waiting.add("fits");
    waiting.forEach(id -> server().delete("/api/work/" + id, API_KEY));
  }

  @Test
  void whatWasGivenUpOnIsFailedForPeopleAndRunsAgainForAPrompt() {
    String id = "given-up-" + System.nanoTime();
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    server()
        .enqueue("{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + id + "\"}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    server().post("/api/sessions/" + id + "/nack", worker.token(), "{}");
    String path = "/api/public/sessions/" + new PublicIds(SALT).shortForm(id);
    JsonNode dead = StrictJson.read(server().get(path, API_KEY)).at("/session");
    assertThat(dead.at("/status").asText()).isEqualTo("failed");
    JsonNode listed = StrictJson.read(server().get("/api/public/sessions?project=" + id, API_KEY));
    assertThat(listed.at("/sessions")).hasSize(1);
    assertThat(listed.at("/sessions/0/status").asText()).isEqualTo("failed");
    Answer prompted = server().post(path + "/prompt", API_KEY, "{\"prompt\":\"again\"}");
    assertThat(prompted.text("/sessionStatus")).as(prompted.body()).isEqualTo("queued");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    assertThat(worker.report(id, "completed").status()).isEqualTo(200);
    server().delete("/api/workers/" + worker.id(), worker.token());
  }

  @Test
  void aSaltKeysPublicIdsAndEmbeds() {
    String id = "salted-" + System.nanoTime();
    server().enqueue(item(id));
    PublicIds ids = new PublicIds(SALT);
    String salted = ids.shortForm(id);
    String unkeyed = PublicIds.accessHash(id);
    for (String known : List.of(salted, unkeyed)) {
      Answer answer = server().get("/api/public/sessions/" + known, API_KEY);
      assertThat(answer.text("/session/id")).as(answer.body()).isEqualTo(salted);
    }
    String plain = "/api/public/sessions/" + new PublicIds(null).shortForm(id);
    assertThat(server().get(plain, API_KEY).status()).isEqualTo(404);

    String embed = "/api/public/session-activities?sessionId=" + id + "&hash=";
    String keyed = ids.embedHash(id);
    Answer open = server().get(embed + keyed, null);
    assertThat(open.status()).as(open.body()).isEqualTo(200);
    Map<String, String> ended = Map.of("Cookie", "sluice_session=ended");
    assertThat(server().call("GET", embed + keyed, null, null, ended).status())
        .as("an ended cookie is none")
        .isEqualTo(200);
    for (String wrong :
        List.of(unkeyed, "", salted, keyed.substring(1), new PublicIds("salt").embedHash(id))) {
      assertThat(server().get(embed + wrong, null).status()).as(wrong).isEqualTo(401);
    }
    String another = "/api/public/session-activities?sessionId=another&hash=" + keyed;
    assertThat(server().get(another, null).status()).isEqualTo(401);
    assertThat(server().get(embed + keyed, "stub.a.b.c").status())
        .as("a credential that came must count")
        .isEqualTo(401);
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void aFullBatchLaneIsToldWhenToComeAgain() {
    Answer bulk =
        server()
            .post(
                "/api/batch-work",
                API_KEY,
                "{\"jobs\":[" + job("1") + "," + job("2") + "," + job("3") + "]}");
    assertThat(bulk.status()).isEqualTo(200);
    JsonNode results = StrictJson.read(bulk).at("/results");
    assertThat(results.at("/1/state").asText()).isEqualTo("waiting");
    assertThat(results.at("/2/status").asInt()).isEqualTo(429);
    assertThat(results.at("/2/batchJobId").asText()).isEqualTo("full-3");
    Answer refused = server().post("/api/batch-work", API_KEY, job("3"));
    assertThat(refused.status()).as(refused.body()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(StrictJson.read(refused).at("/error").asText())
        .isEqualTo("The batch lane holds as many jobs as it may; try again later");
    assertThat(server().post("/api/batch-work", API_KEY, job("1")).status())
        .as("a repeat takes no room")
        .isEqualTo(200);

    TestWorker scanner =
        server()
            .register(
                "{\"hostname\":\"h\",\"projects\":[\"none\"],"
                    + "\"capabilities\":[\"code-survival-scan\"]}");
    assertThat(scanner.poll().json().at("/batchWork")).hasSize(2);
    scanner.poll();
    assertThat(server().post("/api/batch-work", API_KEY, job("3")).status())
        .as("what is over makes room")
        .isEqualTo(201);
  }

  @Test
  void aFullStoreIsToldByItsLimitAndWorkGoesOn() {
    String large = "x".repeat(900_000);
    String[] ids = {"bytes-a", "bytes-b"};
    server().enqueue(large(ids[0], large));
    Answer refused = server().post("/api/work", API_KEY, large(ids[1], large));
    assertThat(refused.status()).as(refused.body()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.text("/field")).isEqualTo("limits.maxBytes");
    Answer bulk =
        server()
            .post(
                "/api/work",
                API_KEY,
                "{\"items\":[" + large(ids[1], large) + "," + item("bytes-small") + "]}");
    JsonNode results = StrictJson.read(bulk).at("/results");
    assertThat(results.at("/0/status").asInt()).isEqualTo(429);
    assertThat(results.at("/0/field").asText()).isEqualTo("limits.maxBytes");
    assertThat(results.at("/1/state").asText()).isEqualTo("pending");

    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + ids[0] + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(ids[0]);
    assertThat(worker.report(ids[0], "completed").status()).isEqualTo(200);
    server().delete("/api/work/bytes-small", API_KEY);
    server().delete("/api/workers/" + worker.id(), worker.token());
  }

  @Test
  void aRegistrationIsBoundedInAll() {
    String names =
        java.util.stream.IntStream.range(0, 1_000)
            .mapToObj(n -> "\"" + "n".repeat(200) + n + "\"")
            .collect(java.util.stream.Collectors.joining(","));
    Answer refused =
        server()
            .post(
                "/api/workers/register",
                SluiceServer.REGISTRATION_TOKEN,
                "{\"hostname\":\"h\",\"capacity\":1,\"projects\":[" + names + "]}");
    assertThat(refused.status()).as(refused.body()).isEqualTo(413);
    assertThat(refused.text("/field")).isEqualTo("registration");
  }

  @Test
  void oneWorkerTooManyIsRefused() {
    List<TestWorker> workers = new ArrayList<>();
    Answer refused;
    do {
      refused =
          server()
              .post(
                  "/api/workers/register",
                  SluiceServer.REGISTRATION_TOKEN,
                  "{\"hostname\":\"h\",\"capacity\":1,\"machineId\":\"m-" + workers.size() + "\"}");
      if (refused.status() < 300) {
        workers.add(
            server()
                .register(
                    "{\"hostname\":\"h\",\"capacity\":1,\"machineId\":\"m-"
                        + workers.size()
                        + "\"}"));
      }
    } while (refused.status() < 300 && workers.size() <= 20);
    assertThat(refused.status()).as(refused.body()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.text("/field")).isEqualTo("limits.maxWorkers");
    workers.forEach(worker -> server().delete("/api/workers/" + worker.id(), worker.token()));
  }

  @Test
  void aCostBeyondTheLimitIsCutAndTheEndCounts() {
    String id = "dear-" + System.nanoTime();
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"capacity\":1,\"projects\":[\"" + id + "\"]}");
    server()
        .enqueue("{\"sessionId\":\"" + id + "\",\"projectName\":\"" + id + "\",\"prompt\":\"p\"}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);

    Answer ended =
        server()
            .post(
                "/api/sessions/" + id + "/status",
                worker.token(),
                "{\"workerId\":\""
                    + worker.id()
                    + "\",\"status\":\"completed\",\"totalCostUsd\":1e7}");

    assertThat(ended.status()).as(ended.body()).isEqualTo(200);
    assertThat(ended.json().at("/session/totalCostUsd").asText()).isEqualTo("50");
    JsonNode line = server().get("/api/audit?limit=1", API_KEY).json().at("/lines/0");
    assertThat(line.at("/verb").asText()).isEqualTo("cut-cost");
    assertThat(line.at("/object").asText()).isEqualTo(id);
    assertThat(line.at("/detail").asText()).isEqualTo("reported 1.0E7 USD");
    server().delete("/api/workers/" + worker.id(), worker.token());
  }

  @Test
  void oneQueueTooManyIsRefused() {
    List<String> paused = new ArrayList<>();
    Answer refused;
    do {
      String project = "queue-" + paused.size();
      refused = server().post("/api/queues/" + project + "/pause", API_KEY, REASON);
      paused.add(project);
    } while (refused.status() == 200 && paused.size() <= 30);
    assertThat(refused.status()).as(refused.body()).isEqualTo(429);
    assertThat(refused.text("/field")).isEqualTo("projectName");
    paused.forEach(project -> server().post("/api/queues/" + project + "/resume", API_KEY, REASON));
  }

  private static String large(String id, String text) {
    return "{\"sessionId\":\""
        + id
        + "\",\"prompt\":\""
        + text
        + "\",\"projectName\":\""
        + id
        + "\"}";
  }

  @Test
  void whatWasGivenUpOnSaysWhy() {
    String id = "given-up-" + System.nanoTime();
    server().enqueue(item(id));
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    Answer nack = server().post("/api/sessions/" + id + "/nack", worker.token(), "{}");
    assertThat(nack.status()).as(nack.body()).isEqualTo(200);
    JsonNode work = StrictJson.read(server().get("/api/work/" + id, API_KEY));
    assertThat(work.at("/place").asText()).isEqualTo("dead");
    assertThat(work.at("/state").asText()).isEqualTo("failed");
    assertThat(work.at("/dead/kind").asText()).isEqualTo("max-nacks");
    assertThat(work.at("/dead/reason").asText())
        .isEqualTo("too many workers nacked it or failed to run it");
    assertThat(work.at("/nacks").asInt()).isEqualTo(1);
    assertThat(work.has("waits")).isFalse();
    assertThat(server().delete("/api/work/" + id, API_KEY).status()).isEqualTo(200);
    assertThat(server().get("/api/work/" + id, API_KEY).text("/place")).isEqualTo("ended");
  }

  private static String job(String number) {
    return "{\"batchJobId\":\"full-" + number + "\",\"workType\":\"any\"}";
  }

  private static String item(String id) {
    return "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + id + "\"}";
  }
}
