package dev.sluice.service.http.operator;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each reason why work waits, checked by polls: with it a fitting worker gets nothing, without it
 * the item, and the reason is gone.
 */
@Timeout(120)
abstract class WhyItWaitsContract {

  private static final String ORG = "default";

  private static final AuditNote BY = new AuditNote("ann", "");

  /** One missed accept quarantines a worker. */
  static final String[] SETTINGS = {"limits.noShows=1"};

  private final String project = "why-" + System.nanoTime();
  private final List<String> items = new ArrayList<>();
  private final List<TestWorker> workers = new ArrayList<>();

  /** The running service, a {@link ForwardApplication}. */
  protected abstract SluiceServer server();

  @AfterEach
  void leaveNothing() {
    workers.forEach(worker -> server().delete("/api/workers/" + worker.id(), worker.token()));
    items.forEach(id -> server().delete("/api/work/" + id, API_KEY));
  }

  // The queue of its project

  @Test
  void itsProjectIsPaused() {
    TestWorker worker = worker();
    String id = enqueue("");
    backend().queues().pause(ORG, project, 0, new AuditNote("ann", "release day"));

    waits(id, "paused", "project " + project + " was paused by ann: release day");
    assertThat(poll(worker)).isEmpty();

    backend().queues().resume(ORG, project, BY);
    isTaken(id, worker);
  }

  @Test
  void itsProjectIsAtItsCap() {
    TestWorker worker = worker("\"capacity\":2");
    String first = enqueue("");
    String second = enqueue("");
    backend().queues().limit(ORG, project, new QueueLimits(1, null), BY);
    isTaken(first, worker);

    waits(second, "capped", "project " + project + " has 1 claimed session, its limit is 1");
    assertThat(poll(worker)).isEmpty();

    worker.report(first, "completed");
    isTaken(second, worker);
  }

  @Test
  void itsProjectHasSpentItsBudget() {
    TestWorker worker = worker();
    String id = enqueue("");
    backend().queues().limit(ORG, project, new QueueLimits(null, 0L), BY);

    waits(id, "over-budget", "project " + project + " has used up its budget of this UTC day");
    assertThat(poll(worker)).isEmpty();

    backend().queues().limit(ORG, project, QueueLimits.NONE, BY);
    isTaken(id, worker);
  }

  // Where it stands

  @Test
  void anotherOfItsIssueGoesFirstAndThenIsClaimed() {
    TestWorker worker = worker("\"capacity\":2");
    String first = enqueue("\"issueId\":\"i-" + project + "\",\"priority\":2,");
    String second = enqueue("\"issueId\":\"i-" + project + "\",\"priority\":3,");

    waits(second, "behind-issue", "behind session " + first + " of its issue, which goes first");
    assertThat(poll(worker)).as("the other one alone").containsExactly(first);
    waits(second, "behind-issue", "behind session " + first + " of its issue, which is claimed");
    assertThat(poll(worker)).isEmpty();

    worker.report(first, "completed");
    isTaken(second, worker);
  }

  @Test
  void itsTimeHasNotCome() {
    TestWorker worker = worker();
    Instant time = Instant.ofEpochMilli(Instant.now().plus(Duration.ofDays(1)).toEpochMilli());
    String id = enqueue("\"notBefore\":" + time.toEpochMilli() + ",");

    JsonNode work = waits(id, "not-before", "scheduled for " + time);
    assertThat(work.at("/place").asText()).isEqualTo("later");
    assertThat(work.at("/notBefore").asLong()).isEqualTo(time.toEpochMilli());
    assertThat(poll(worker)).isEmpty();

    forward().jump(Duration.ofDays(1));
    beat(worker);
    isTaken(id, worker);
  }

  @Test
  void itsWorkerHasNackedIt() {
    TestWorker worker = worker();
    String id = enqueue("");
    isTaken(id, worker);
    assertThat(server().post("/api/sessions/" + id + "/nack", worker.token(), "{}").status())
        .isEqualTo(200);

    JsonNode work = waits(id, "nacked", null);
    assertThat(work.at("/place").asText()).isEqualTo("returned");
    assertThat(work.at("/nacks").asInt()).isEqualTo(1);
    assertThat(reason(work))
        .startsWith("worker " + worker.id() + " nacked it and isn't offered it before ");
    assertThat(poll(worker)).isEmpty();

    forward().pass(Duration.ofSeconds(30));
    isTaken(id, worker);
  }

  @Test
  void whatAWorkerNackedAnotherOneTakes() {
    TestWorker worker = worker();
    String id = enqueue("");
    isTaken(id, worker);
    server().post("/api/sessions/" + id + "/nack", worker.token(), "{}");
    waits(id, "nacked", null);

    isTaken(id, worker());
  }

  @Test
  void othersGoFirst() {
    TestWorker worker = worker();
    String first = enqueue("\"priority\":1,");
    String second = enqueue("\"priority\":2,");
    String third = enqueue("\"priority\":3,");

    JsonNode behind = waits(third, "in-order", "2 items of its project are ahead");
    assertThat(behind.at("/position").asInt()).isEqualTo(3);
    assertThat(behind.at("/place").asText()).isEqualTo("ready");
    assertThat(poll(worker)).as("not the third").containsExactly(first);
    worker.report(first, "completed");
    server().delete("/api/work/" + second, API_KEY);

    waits(third, "in-order", "next in its project, waits for a free worker");
    isTaken(third, worker);
  }

  // Who could take it

  @Test
  void noWorkerTakesItsProject() {
    String id = enqueue("");
    TestWorker elsewhere =
        register("\"projects\":[\"not-" + project + "\"],\"capabilities\":[\"gpu\"]");

    JsonNode work = waits(id, "no-worker", "no worker takes project " + project);
    assertThat(work.at("/position").asInt()).isEqualTo(1);
    assertThat(poll(elsewhere)).isEmpty();

    isTaken(id, worker());
  }

  @Test
  void noWorkerOfItsProjectHasWhatItNeeds() {
    TestWorker plain = worker("\"capabilities\":[\"arm\"]");
    register("\"projects\":[\"not-" + project + "\"],\"capabilities\":[\"gpu\",\"arm\"]");
    String id = enqueue("\"requiredCapabilities\":[\"gpu\",\"arm\"],");

    waits(id, "no-capability", "no worker that takes project " + project + " has arm, gpu");
    assertThat(poll(plain)).isEmpty();

    isTaken(id, worker("\"capabilities\":[\"gpu\",\"arm\"]"));
  }

  @Test
  void workersAreFull() {
    TestWorker worker = worker();
    String first = enqueue("");
    isTaken(first, worker);
    String second = enqueue("");

    waits(second, "workers-full", "1 worker that takes it is full");
    assertThat(poll(worker)).isEmpty();

    worker.report(first, "completed");
    isTaken(second, worker);
  }

  @Test
  void workersAreDraining() {
    TestWorker worker = worker();
    TestWorker drained = worker();
    String id = enqueue("");
    beat(worker, "draining");
    backend().workers().drain(ORG, drained.id(), true, BY);

    waits(id, "workers-draining", "2 workers that take it are draining");
    assertThat(poll(worker)).isEmpty();
    assertThat(poll(drained)).isEmpty();

    beat(worker, "idle");
    isTaken(id, worker);
  }

  @Test
  void workersAreQuarantined() {
    TestWorker worker = worker();
    String missed = enqueue("");
    isTaken(missed, worker);
    for (int minute = 0; minute < 5; minute++) {
      forward().pass(Duration.ofMinutes(1));
      beat(worker);
    }

    JsonNode work = waits(missed, "workers-quarantined", "1 worker that takes it is quarantined");
    assertThat(work.at("/attempts").asInt()).isEqualTo(1);
    assertThat(poll(worker)).isEmpty();

    backend().workers().drain(ORG, worker.id(), false, BY);
    isTaken(missed, worker);
  }

  @Test
  void workersHaveTooManyStandingNacks() {
    TestWorker worker = worker("\"capacity\":2");
    String kept = enqueue("");
    isTaken(kept, worker);
    for (int i = 0; i < Rules.DEFAULTS.maxReturns(); i++) {
      worker.report(kept, "running"); // accepts, so that it isn't quarantined
      String nacked = enqueue("");
      assertThat(poll(worker)).containsExactly(nacked);
      Answer answer = server().post("/api/sessions/" + nacked + "/nack", worker.token(), "{}");
      assertThat(answer.status()).isEqualTo(200);
    }
    String id = enqueue("");

    waits(
        id,
        "workers-nacking",
        "1 worker that takes it is kept from work by too many standing nacks");
    assertThat(poll(worker)).isEmpty();

    server().delete("/api/work/" + items.get(1), API_KEY);
    isTaken(id, worker);
  }

  @Test
  void workersAreSilent() {
    TestWorker worker = worker();
    String id = enqueue("");
    forward().pass(Duration.ofMinutes(3));

    waits(id, "workers-silent", "1 worker that takes it is silent");
    // It can't poll and be silent: its poll ends the silence, and brings the item.
    isTaken(id, worker);
  }

  @Test
  void severalReasonsStandTogetherTheNearestFirst() {
    TestWorker worker = worker();
    String id = enqueue("");
    beat(worker, "draining");
    backend().queues().pause(ORG, project, 0, BY);

    JsonNode work = waits(id, List.of("paused", "workers-draining"));
    assertThat(reason(work)).isEqualTo("project " + project + " was paused by ann");
    backend().queues().resume(ORG, project, BY);
    waits(id, "workers-draining", "1 worker that takes it is draining");
    assertThat(poll(worker)).isEmpty();
    beat(worker, "idle");
    isTaken(id, worker);
  }

  /** Asserts that it waits for this only reason, in words unless null. */
  private JsonNode waits(String id, String kind, String words) {
    JsonNode work = waits(id, List.of(kind));
    assertThat(work.at("/state").asText()).isEqualTo("pending");
    assertThat(reason(work)).isEqualTo(words == null ? reason(work) : words);
    return work;
  }

  private JsonNode waits(String id, List<String> kinds) {
    AgingApplication.age();
    JsonNode work = work(id);
    assertThat(work.at("/waits").findValuesAsText("kind")).as("%s", work).isEqualTo(kinds);
    return work;
  }

  private static String reason(JsonNode work) {
    return work.at("/waits/0/reason").asText();
  }

  private void isTaken(String id, TestWorker worker) {
    assertThat(poll(worker)).as("%s", work(id)).containsExactly(id);
    JsonNode work = work(id);
    assertThat(work.at("/state").asText()).isEqualTo("claimed");
    assertThat(work.at("/workerId").asText()).isEqualTo(worker.id());
    assertThat(work.has("waits")).isFalse();
  }

  private static List<String> poll(TestWorker worker) {
    return TestWorker.claimed(worker.poll());
  }

  private JsonNode work(String id) {
    Answer answer = server().get("/api/work/" + id, API_KEY);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  private void beat(TestWorker worker) {
    assertThat(worker.heartbeat(0).status()).isEqualTo(200);
  }

  private void beat(TestWorker worker, String status) {
    String body = "{\"activeCount\":0,\"status\":\"" + status + "\"}";
    String path = "/api/workers/" + worker.id() + "/heartbeat";
    assertThat(server().post(path, worker.token(), body).status()).isEqualTo(200);
  }

  private TestWorker worker(String... members) {
    return register(
        Stream.concat(Stream.of("\"projects\":[\"" + project + "\"]"), Stream.of(members))
            .toArray(String[]::new));
  }

  private TestWorker register(String... members) {
    TestWorker worker = server().register("{\"hostname\":\"h\"," + String.join(",", members) + "}");
    workers.add(worker);
    return worker;
  }

  /** An item of the test's project, with more members, each followed by a comma. */
  private String enqueue(String members) {
    String id = project + "-" + items.size();
    items.add(id);
    server()
        .enqueue(
            "{\"prompt\":\"p\","
                + members
                + "\"sessionId\":\""
                + id
                + "\",\"projectName\":\""
                + project
                + "\"}");
    return id;
  }

  private QueueBackend backend() {
    return forward().built();
  }

  private ForwardApplication.Observed forward() {
    return (ForwardApplication.Observed) server().configuration();
  }
}
