package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
abstract class LongPollContract {

  private static final String WAIT = "?wait=25";
  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 1_000 : 200;

  protected abstract SluiceServer server();

  @Nested
  class Clients extends GoneClientContract {
    @Override
    protected SluiceServer server() {
      return LongPollContract.this.server();
    }
  }

  @Nested
  class Crowds extends ParkedCrowdContract {
    @Override
    protected SluiceServer server() {
      return LongPollContract.this.server();
    }
  }

  @Nested
  class Held extends HeldPollContract {
    @Override
    protected SluiceServer server() {
      return LongPollContract.this.server();
    }
  }

  // What may be asked for

  @ParameterizedTest
  @ValueSource(strings = {"26", "-1", "1.5", "1e1", "ten", "25s", "%2B", "99999999999999999999"})
  void aWaitThatCannotBeIsRefused(String wait) {
    refused("wait", "?wait=" + wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "6", "-1", "1.5", "many", "99999999999999999999"})
  void aMaximumThatCannotBeIsRefused(String max) {
    refused("max", "?max=" + max);
  }

  private void refused(String field, String query) {
    TestWorker worker = worker("nothing");
    Answer answer = worker.poll(query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/message")).startsWith(field + " must be a whole number from ");
    Answer unknown = server().get("/api/workers/wkr_none/poll" + query, LEGACY_KEY);
    assertThat(unknown.status()).as("who is gone learns that first").isEqualTo(404);
  }

  @Test
  void whatIsLeftEmptyIsNotAskedFor() {
    String project = project();
    enqueue(project, 2);

    assertThat(TestWorker.claimed(worker(project).poll("?wait=&max="))).hasSize(2);
  }

  @Test
  void noMoreComesThanWasAskedFor() {
    String project = project();
    enqueue(project, 7);
    TestWorker worker = worker(project);
    assertThat(TestWorker.claimed(worker.poll("?max=1"))).hasSize(1);
    assertThat(TestWorker.claimed(worker.poll("?max=2&wait=25"))).hasSize(2);
    assertThat(TestWorker.claimed(worker.poll("?max=5"))).hasSize(4);
  }

  @Test
  void anUnknownWorkerIsToldAtOnce() {
    Answer answer = server().get("/api/workers/wkr_none/poll" + WAIT, LEGACY_KEY);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("/message")).isEqualTo("Worker not found");
  }

  @Test
  void aTokenThatDoesNotCountIsToldAtOnce() {
    TestWorker worker = worker("nothing");
    Answer answer = server().get("/api/workers/" + worker.id() + "/poll" + WAIT, "a.b.c");
    assertThat(answer.status()).isEqualTo(401);
    Answer other = server().get("/api/workers/wkr_other/poll" + WAIT, worker.token());
    assertThat(other.status()).isEqualTo(403);
  }

  @Test
  void aHeadNeitherWaitsNorClaims() {
    TestWorker worker = worker("nothing");
    String path = "/api/workers/" + worker.id() + "/poll" + WAIT;
    assertThat(server().call("HEAD", path, worker.token(), null, Map.of()).status()).isEqualTo(405);
  }

  // What answers it

  @Test
  void workThatWaitsAnswersItAtOnce() {
    String project = project();
    List<String> ids = enqueue(project, 1);
    Answer answer = worker(project).poll(WAIT);
    assertThat(TestWorker.claimed(answer)).isEqualTo(ids);
    assertThat(answer.json().at("/claims/" + ids.get(0) + "/token").asLong()).isPositive();
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void itsTimeAnswersItWithNothing() {
    Answer answer = worker(project()).poll("?wait=1");
    assertThat(answer.json().at("/work")).isEmpty();
    assertThat(answer.json().at("/preClaimed").asBoolean()).isFalse();
    assertThat(answer.json().at("/inboxMessages").isObject()).isTrue();
  }

  @Test
  void workThatComesLaterAnswersIt() {
    String project = project();
    CompletableFuture<Answer> poll = parked(worker(project));
    List<String> ids = enqueue(project, 1);

    assertThat(TestWorker.claimed(poll.join())).isEqualTo(ids);
  }

  @Test
  void aMessageAnswersIt() {
    TestWorker worker = worker(project());
    String session = running(worker);
    CompletableFuture<Answer> poll = parked(worker);
    send(session, "look here");

    assertThat(poll.join().body()).contains("look here");
  }

  @Test
  void theEndOfADrainAnswersOneThatTakesSlotsNow() {
    String project = project();
    TestWorker worker = worker(project);
    says(worker, "draining");
    List<String> ids = enqueue(project, 1);
    CompletableFuture<Answer> poll = worker.park(WAIT + "&slots=now");
    says(worker, "active");

    assertThat(TestWorker.claimed(poll.join())).isEqualTo(ids);
  }

  @Test
  void aDrainingWorkerGetsMessagesAlone() {
    String project = project();
    TestWorker worker = worker(project);
    String session = running(worker);
    says(worker, "draining");
    CompletableFuture<Answer> poll = parked(worker);
    enqueue(project, 1);
    send(session, "before the end");

    Answer answer = poll.join();
    assertThat(answer.body()).contains("before the end");
    assertThat(TestWorker.claimed(answer)).isEmpty();
  }

  @Test
  void aNewerPollOfTheWorkerEndsIt() {
    TestWorker worker = worker(project());
    CompletableFuture<Answer> older = parked(worker);
    CompletableFuture<Answer> newer = parked(worker);
    assertThat(older.join().status()).isEqualTo(200);
    assertThat(older.join().json().at("/work")).isEmpty();
    worker.poll("?wait=0");

    assertThat(newer.join().json().at("/work")).isEmpty();
  }

  @Test
  void aBulkIsSpreadOverAllThatWait() {
    String project = project();
    List<CompletableFuture<Answer>> polls =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    parked(
                        server()
                            .register(
                                "{\"hostname\":\"h\",\"capacity\":1,\"projects\":[\""
                                    + project
                                    + "\"]}")))
            .toList();
    List<String> ids = enqueue(project, 30);

    assertThat(polls)
        .flatExtracting(poll -> TestWorker.claimed(poll.join()))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void nothingFallsBetweenTheLookAndTheWait() throws Exception {
    String project = project();
    TestWorker worker =
        server()
            .register(
                "{\"hostname\":\"h\",\"capacity\":"
                    + ROUNDS
                    + ",\"projects\":[\""
                    + project
                    + "\"]}");
    CyclicBarrier together = new CyclicBarrier(2);
    CompletableFuture<Void> producer =
        CompletableFuture.runAsync(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                await(together);
                enqueue(project, 1);
              }
            },
            task -> new Thread(task, "producer").start());
    for (int round = 0; round < ROUNDS; round++) {
      await(together);
      assertThat(TestWorker.claimed(worker.poll(WAIT))).as("round %d", round).hasSize(1);
    }
    producer.join();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A poll that has reached the store once and found nothing. */
  private CompletableFuture<Answer> parked(TestWorker worker) {
    return worker.park(WAIT);
  }

  private TestWorker worker(String project) {
    return server()
        .register("{\"hostname\":\"h\",\"capacity\":10,\"projects\":[\"" + project + "\"]}");
  }

  private String running(TestWorker worker) {
    String session = "ses-" + System.nanoTime();
    server().enqueue("{\"prompt\":\"p\",\"sessionId\":\"" + session + "\",\"priority\":1}");
    Answer claim =
        server()
            .post(
                "/api/sessions/" + session + "/claim",
                worker.token(),
                "{\"workerId\":\"" + worker.id() + "\"}");
    assertThat(claim.status()).as(claim.body()).isEqualTo(200);
    worker.report(session, "running");
    return session;
  }

  private void send(String session, String text) {
    Answer sent =
        server()
            .post(
                "/api/sessions/" + session + "/inbox",
                API_KEY,
                "{\"type\":\"directive\",\"payload\":\"" + text + "\"}");
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
  }

  private void says(TestWorker worker, String status) {
    Answer answer =
        server()
            .post(
                "/api/workers/" + worker.id() + "/heartbeat",
                worker.token(),
                "{\"activeCount\":0,\"status\":\"" + status + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static String project() {
    return "wait-" + System.nanoTime();
  }

  private List<String> enqueue(String project, int count) {
    return enqueue(server(), project, count);
  }

  static List<String> enqueue(SluiceServer server, String project, int count) {
    List<String> ids = new ArrayList<>();
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String id = project + "-" + System.nanoTime() + "-" + i;
      ids.add(id);
      items.append(items.isEmpty() ? "" : ",");
      items
          .append("{\"prompt\":\"p\",\"sessionId\":\"")
          .append(id)
          .append("\",\"projectName\":\"")
          .append(project)
          .append("\"}");
    }
    Answer answer = server.post("/api/work", API_KEY, "{\"items\":[" + items + "]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return ids;
  }
}
