package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.Shape;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class BatchContract {

  private static final String SCAN = "\"workType\":\"code-survival-scan\"";
  private static final String SCANS = ",\"capabilities\":[\"code-survival-scan\"]";

  protected abstract SluiceServer server();

  @Test
  void aJobFlowsFromAProducerToAScannerAndIsDeliveredAtItsNextPoll() {
    drained();
    String id = id();
    String job =
        "{ " + SCAN + ", \"batchJobId\":\"" + id + "\", \"sha\": \"\\u0061\", \"n\": [ 1.50 ]}";
    Answer added = server().post("/api/batch-work", API_KEY, job);
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.body()).isEqualTo("{\"batchJobId\":\"" + id + "\",\"state\":\"waiting\"}");
    JsonNode waiting = look(id);
    assertThat(waiting.at("/state").asText()).isEqualTo("waiting");
    assertThat(waiting.at("/offers").intValue()).isZero();
    assertThat(waiting.has("workerId")).isFalse();

    TestWorker scanner = scanner();
    Answer poll = scanner.poll();
    assertThat(poll.body()).as("byte for byte").contains("\"batchWork\":[" + job + "]");
    assertThat(poll.json().at("/work")).isEmpty();
    assertThat(poll.json().at("/preClaimed").asBoolean()).isFalse();
    assertThat(poll.json().at("/claimedSessionIds")).isEmpty();
    JsonNode info = StrictJson.read(server().get("/api/workers/" + scanner.id(), scanner.token()));
    assertThat(info.at("/activeSessions")).as("no session").isEmpty();
    JsonNode offered = look(id);
    assertThat(offered.at("/state").asText()).isEqualTo("offered");
    assertThat(offered.at("/offers").intValue()).isEqualTo(1);
    assertThat(offered.at("/workerId").asText()).isEqualTo(scanner.id());

    assertThat(StrictJson.read(scanner.poll()).at("/batchWork")).isEmpty();
    JsonNode delivered = look(id);
    assertThat(delivered.at("/state").asText()).isEqualTo("delivered");
    Shape.of("epoch ms").check(delivered.at("/createdAt"), "createdAt");
    assertThat(delivered.at("/updatedAt").asLong())
        .isGreaterThanOrEqualTo(delivered.at("/createdAt").asLong());
  }

  @Test
  void onlyARuntimeTokenOfAWorkerThatScansIsOfferedJobs() {
    drained();
    String id = id();
    add("{" + SCAN + ",\"batchJobId\":\"" + id + "\"}");
    TestWorker plain = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    assertThat(StrictJson.read(plain.poll()).has("batchWork")).isFalse();
    TestWorker scanner = scanner();
    Answer byKey = server().get("/api/workers/" + scanner.id() + "/poll", REGISTRATION_TOKEN);
    assertThat(StrictJson.read(byKey).has("batchWork")).isFalse();
    Answer legacy =
        server()
            .post(
                "/api/workers/register",
                LEGACY_KEY,
                "{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]" + SCANS + "}");
    Answer byLegacyKey =
        server().get("/api/workers/" + legacy.text("/workerId") + "/poll", LEGACY_KEY);
    assertThat(StrictJson.read(byLegacyKey).has("batchWork")).isFalse();
    assertThat(look(id).at("/offers").intValue()).isZero();
    assertThat(jobs(scanner.poll())).containsExactly(id);
    scanner.poll();
  }

  @Test
  void aFullWorkerIsOfferedJobsAllTheSame() {
    drained();
    String id = id();
    server()
        .enqueue("{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + id + "\"}");
    TestWorker scanner =
        server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]" + SCANS + "}");
    assertThat(TestWorker.claimed(scanner.poll())).containsExactly(id);
    add("{" + SCAN + ",\"batchJobId\":\"" + id + "-job\"}");
    Answer poll = scanner.poll();
    assertThat(jobs(poll)).containsExactly(id + "-job");
    assertThat(TestWorker.claimed(poll)).isEmpty();
    scanner.poll();
    assertThat(scanner.report(id, "completed").status()).isEqualTo(200);
  }

  @Test
  void jobsAreOfferedInTheOrderOfTheirComingFiveAPoll() {
    drained();
    String id = id();
    List<String> ids = new ArrayList<>();
    List<String> jobs = new ArrayList<>();
    for (int i = 9; i > 2; i--) {
      ids.add(id + "-" + i);
      jobs.add("{" + SCAN + ",\"batchJobId\":\"" + id + "-" + i + "\"}");
    }
    Answer bulk =
        server().post("/api/batch-work", API_KEY, "{\"jobs\":[" + String.join(",", jobs) + "]}");
    assertThat(bulk.status()).as(bulk.body()).isEqualTo(200);
    TestWorker scanner = scanner();
    assertThat(jobs(scanner.poll())).isEqualTo(ids.subList(0, 5));
    assertThat(jobs(scanner.poll())).isEqualTo(ids.subList(5, 7));
    assertThat(jobs(scanner.poll())).isEmpty();
  }

  @Test
  void aRepeatAnswersThePresentStateAndOtherContentIsRefused() {
    String id = id();
    add("{\"batchJobId\":\"" + id + "\"," + SCAN + ",\"a\":1}");
    Answer same =
        server()
            .post(
                "/api/batch-work",
                API_KEY,
                "{\"a\":1, " + SCAN + ",\"batchJobId\":\"" + id + "\"}");
    assertThat(same.status()).isEqualTo(200);
    assertThat(StrictJson.read(same).at("/duplicate").asBoolean()).isTrue();
    assertThat(same.text("/state")).isEqualTo("waiting");
    Answer other =
        server()
            .post(
                "/api/batch-work", API_KEY, "{\"a\":2," + SCAN + ",\"batchJobId\":\"" + id + "\"}");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("/field")).isEqualTo("batchJobId");
    Answer unknown = server().get("/api/batch-work/no-" + id, API_KEY);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text("/error")).isEqualTo("Job not found");
    drained();
  }

  @Test
  void aBulkHasAResultForEachJobAndABadOneSpoilsNone() {
    String id = id();
    Answer answer =
        server()
            .post(
                "/api/batch-work",
                API_KEY,
                "{\"jobs\":[{\"batchJobId\":\""
                    + id
                    + "\","
                    + SCAN
                    + "},{},7,{\"batchJobId\":\""
                    + id
                    + "\",\"workType\":\"other\"},{"
                    + SCAN
                    + "},{"
                    + SCAN
                    + ",\"pad\":\""
                    + "x".repeat(65_536)
                    + "\"}]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode results = StrictJson.read(answer).at("/results");
    assertThat(results).hasSize(6);
    assertThat(results.at("/0/batchJobId").asText()).isEqualTo(id);
    assertThat(results.at("/0/state").asText()).isEqualTo("waiting");
    assertThat(results.at("/1/status").intValue()).isEqualTo(400);
    assertThat(results.at("/1/field").asText()).isEqualTo("workType");
    assertThat(results.at("/2/status").intValue()).isEqualTo(400);
    assertThat(results.at("/3/status").intValue()).isEqualTo(409);
    assertThat(results.at("/3/field").asText()).isEqualTo("batchJobId");
    assertThat(results.at("/4/batchJobId").asText()).matches("bat_[0-9a-f]{24}");
    assertThat(results.at("/5/status").intValue()).isEqualTo(413);
    assertThat(results.at("/5/field").asText()).isEqualTo("job");
    drained();
  }

  private void drained() {
    TestWorker scanner = scanner();
    while (!jobs(scanner.poll()).isEmpty()) {
      // the next poll delivers them
    }
  }

  private TestWorker scanner() {
    return server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]" + SCANS + "}");
  }

  private static List<String> jobs(Answer poll) {
    JsonNode jobs = StrictJson.read(poll).at("/batchWork");
    assertThat(jobs.isArray()).isTrue();
    List<String> ids = new ArrayList<>();
    jobs.forEach(job -> ids.add(job.at("/batchJobId").asText()));
    return ids;
  }

  private void add(String job) {
    Answer answer = server().post("/api/batch-work", API_KEY, job);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private JsonNode look(String id) {
    Answer answer = server().get("/api/batch-work/" + id, API_KEY);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private static String id() {
    return "job-" + System.nanoTime();
  }
}
