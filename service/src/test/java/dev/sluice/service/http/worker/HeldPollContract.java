package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Polls of clients that know no {@code wait}. Another poll, held since before, tells what ended
 * before its time.
 */
abstract class HeldPollContract {

  /** Of the servers: a short time to settle, and no hold in one dialect. */
  static final List<String> SETTINGS =
      List.of(
          "polls.hold.standard=20s",
          "polls.hold.goDaemon=20s",
          "polls.hold.snakeCase=0s",
          "timing.poll=2s");

  /** Unique for each test. */
  private final String project = "held-" + System.nanoTime();

  private final List<TestWorker> workers = new ArrayList<>();
  private CompletableFuture<Answer> before = new CompletableFuture<>();

  protected abstract SluiceServer server();

  @BeforeEach
  void hold() {
    before = register("{\"hostname\":\"h\",\"projects\":[\"" + project + "-not\"]}").park("");
  }

  /** Ends what still waits. */
  @AfterEach
  void leave() {
    workers.forEach(worker -> server().delete("/api/workers/" + worker.id(), REGISTRATION_TOKEN));
  }

  // What is held

  @Test
  void workAnswersAPlainPollTheMomentItComes() {
    CompletableFuture<Answer> poll = worker(1).park("");
    List<String> ids = enqueue(1);

    assertThat(TestWorker.claimed(poll.join())).isEqualTo(ids);
    assertThat(before).isNotDone();
  }

  @Test
  void aMessageAnswersThePollOfAFullWorker() {
    TestWorker worker = worker(1);
    String session = running(worker);
    CompletableFuture<Answer> poll = worker.park("");
    enqueue(1);
    Answer sent =
        server()
            .post(
                "/api/sessions/" + session + "/inbox",
                API_KEY,
                "{\"type\":\"directive\",\"payload\":\"look here\"}");
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);

    assertThat(poll.join().body()).contains("look here");
    assertThat(TestWorker.claimed(poll.join())).isEmpty();
  }

  @Test
  void aWaitOfNoSecondsIsNot() {
    assertThat(worker(1).poll("?wait=0").json().at("/work")).isEmpty();
    assertThat(before).isNotDone();
  }

  @Test
  void aDialectWithoutAHoldIsNot() {
    TestWorker worker =
        register("{\"hostname\":\"h\",\"max_agents\":1,\"projects\":[\"" + project + "\"]}");
    assertThat(worker.poll().json().at("/work_items")).isEmpty();
    assertThat(before).isNotDone();
  }

  @Test
  void aHeldWorkerIsToldToPollAgainSoon() {
    assertThat(interval("")).isEqualTo(200);
    assertThat(interval(",\"hostInfo\":{\"os\":\"darwin\"}")).isEqualTo(1_000);
    assertThat(interval(",\"max_agents\":1")).as("not held").isEqualTo(2_000);
  }

  /** As registered; a refresh tells the same. */
  private int interval(String members) {
    Answer registered =
        server()
            .post(
                "/api/workers/register", REGISTRATION_TOKEN, "{\"hostname\":\"h\"" + members + "}");
    int told = registered.json().at("/pollInterval").asInt();
    assertThat(registered.json().at("/pollIntervalSeconds").asInt())
        .isEqualTo(Math.max(1, told / 1_000));
    Answer refreshed =
        server()
            .post(
                "/api/workers/" + registered.text("/workerId") + "/refresh-token",
                REGISTRATION_TOKEN,
                "{}");
    assertThat(refreshed.json().at("/pollInterval").asInt()).isEqualTo(told);
    return told;
  }

  @Test
  void heartbeatsAreAnsweredMeanwhile() {
    TestWorker worker = worker(1);
    CompletableFuture<Answer> poll = worker.park("");
    for (int i = 0; i < 20; i++) {
      assertThat(worker.heartbeat(0).status()).isEqualTo(200);
    }

    assertThat(poll).isNotDone();
  }

  // Slots

  @ParameterizedTest
  @ValueSource(strings = {"later", "NOW", "1"})
  void slotsThatCannotBeAreRefused(String slots) {
    Answer answer = worker(1).poll("?slots=" + slots);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo("slots");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?wait=25"})
  void aSlotThatFreesIsForTheNextPoll(String query) {
    TestWorker worker = worker(1);
    String session = running(worker);
    CompletableFuture<Answer> poll = worker.park(query);
    List<String> ids = enqueue(1);
    worker.report(session, "completed");

    assertThat(endedEmpty(poll)).isTrue();
    assertThat(TestWorker.claimed(worker.poll(query))).isEqualTo(ids);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?slots=now", "?wait=25&slots=now"})
  void aClientMayTakeSlotsAtOnce(String query) {
    TestWorker worker = worker(1);
    String session = running(worker);
    CompletableFuture<Answer> poll = worker.park(query);
    List<String> ids = enqueue(1);
    worker.report(session, "completed");

    assertThat(TestWorker.claimed(poll.join())).isEqualTo(ids);
  }

  @Test
  void noMoreComesThanSlotsWereFreeWhenItBegan() {
    TestWorker worker = worker(2);
    String session = running(worker);
    CompletableFuture<Answer> poll = worker.park("");
    worker.report(session, "completed");
    List<String> ids = enqueue(2);

    assertThat(TestWorker.claimed(poll.join())).isEqualTo(ids.subList(0, 1));
    assertThat(TestWorker.claimed(worker.poll())).isEqualTo(ids.subList(1, 2));
  }

  @Test
  void aGoDaemonThatClearsUpIsBroughtNothing() {
    TestWorker daemon =
        register(
            """
            {"machineId":"%s","hostname":"studio.local","capacity":1,"projectIds":["%s"],
             "projectAdmissionVersion":2,"projectAdmissionMode":"enumerated"}
            """
                .formatted(project, project));
    String first = running(daemon);
    CompletableFuture<Answer> poll = daemon.park("");
    List<String> second = enqueue(1);
    daemon.report(first, "completed");

    assertThat(endedEmpty(poll)).isTrue();
    assertThat(TestWorker.claimed(daemon.poll())).isEqualTo(second);
  }

  // What ends it

  @Test
  void aWorkerThatLeavesEndsIt() {
    TestWorker worker = worker(1);
    CompletableFuture<Answer> poll = worker.park("");
    Answer left = server().delete("/api/workers/" + worker.id(), worker.token());
    assertThat(left.status()).isEqualTo(200);

    assertThat(endedEmpty(poll)).isTrue();
  }

  @Test
  void anOperatorsDrainEndsIt() {
    TestWorker worker = worker(1);
    CompletableFuture<Answer> poll = worker.park("");
    Answer drained =
        server()
            .post(
                "/api/workers/" + worker.id() + "/drain", API_KEY, "{\"reason\":\"maintenance\"}");
    assertThat(drained.status()).as(drained.body()).isEqualTo(200);

    assertThat(endedEmpty(poll)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"draining", "paused"})
  void aWorkerThatSaysSoEndsIt(String status) {
    TestWorker worker = worker(1);
    CompletableFuture<Answer> poll = worker.park("");
    Answer beat =
        server()
            .post(
                "/api/workers/" + worker.id() + "/heartbeat",
                worker.token(),
                "{\"activeCount\":0,\"status\":\"" + status + "\"}");
    assertThat(beat.status()).as(beat.body()).isEqualTo(200);
    enqueue(1);

    assertThat(endedEmpty(poll)).isTrue();
    assertThat(worker.poll("?wait=0").json().at("/work")).isEmpty();
  }

  @Test
  void aLaterRegistrationOfItsMachineEndsIt() {
    String body =
        "{\"hostname\":\"h\",\"machineId\":\"%1$s\",\"projects\":[\"%1$s\"]}".formatted(project);
    CompletableFuture<Answer> poll = register(body).park("");
    register(body);

    assertThat(endedEmpty(poll)).isTrue();
  }

  /** False if its time was over. */
  private boolean endedEmpty(CompletableFuture<Answer> poll) {
    Answer answer = poll.join();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/work")).isEmpty();
    assertThat(answer.json().at("/inboxMessages").isObject()).isTrue();
    return !before.isDone();
  }

  private TestWorker worker(int capacity) {
    return register(
        "{\"hostname\":\"h\",\"capacity\":" + capacity + ",\"projects\":[\"" + project + "\"]}");
  }

  private TestWorker register(String body) {
    TestWorker worker = server().register(body);
    workers.add(worker);
    return worker;
  }

  private String running(TestWorker worker) {
    List<String> ids = enqueue(1);
    assertThat(TestWorker.claimed(worker.poll())).isEqualTo(ids);
    worker.report(ids.get(0), "running");
    return ids.get(0);
  }

  private List<String> enqueue(int count) {
    return LongPollContract.enqueue(server(), project, count);
  }
}
