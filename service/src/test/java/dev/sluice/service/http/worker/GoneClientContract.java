package dev.sluice.service.http.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients that close their connection during a poll. Later items reach another worker well before
 * the accept deadline, which is minutes away.
 */
abstract class GoneClientContract {

  private static final String WAIT = "?wait=25";

  /** Unique for each test. */
  private final String project = "gone-" + System.nanoTime();

  protected abstract SluiceServer server();

  @Test
  void workGoesPastAClientThatReset() {
    BadInputSocket client = waiting(worker());
    client.reset();

    comesToAnother();
  }

  @Test
  void workGoesPastAClientThatClosed() {
    BadInputSocket client = waiting(worker());
    client.close();

    comesToAnother();
  }

  @Test
  void workGoesPastManyThatClosed() {
    for (int i = 0; i < 20; i++) {
      waiting(worker()).close();
    }

    comesToAnother();
  }

  @Test
  void oneThatSentItsNextCallAlreadyIsAnsweredBoth() {
    TestWorker worker = worker();
    try (BadInputSocket client = waiting(worker)) {
      client.send(BadInputSocket.head("GET", "/api/workers/" + worker.id(), worker.token()));
      List<String> ids = LongPollContract.enqueue(server(), project, 1);

      assertThat(TestWorker.claimed(client.answer())).isEqualTo(ids);
      assertThat(client.answer().text("/id")).isEqualTo(worker.id());
    }
  }

  @Test
  void aConnectionServesOnePollAfterTheOther() {
    TestWorker worker = worker();
    try (BadInputSocket client = new BadInputSocket(server())) {
      for (int round = 0; round < 20; round++) {
        long seen = worker.lastSeen();
        client.send(head(worker));
        worker.awaitPoll(seen);
        List<String> ids = LongPollContract.enqueue(server(), project, 1);
        assertThat(TestWorker.claimed(client.answer())).isEqualTo(ids);
        worker.report(ids.get(0), "completed");
      }
    }
  }

  /** The connection holds the first answer unread, but not the second one too. */
  @Test
  void whatAPlainPollCouldNotWriteReachesAnother() {
    List<String> ids = enqueueLong(5);
    TestWorker worker = worker();
    String poll =
        BadInputSocket.head("GET", "/api/workers/" + worker.id() + "/poll", worker.token());
    try (BadInputSocket client = BadInputSocket.withSmallWindow(server())) {
      client.send(poll + poll);
      while (worker.claims() < 4) { // two items have room in an answer
        Thread.onSpinWait();
      }
      client.reset();
    }
    TestWorker next = worker();
    List<String> come = new ArrayList<>();
    while (come.size() < 3) {
      come.addAll(TestWorker.claimed(next.poll(WAIT)));
    }
    assertThat(come).containsExactlyInAnyOrderElementsOf(ids.subList(2, 5));
  }

  private List<String> enqueueLong(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = project + "-long-" + i;
      String prompt = "p".repeat(900_000);
      server()
          .enqueue(
              "{\"sessionId\":\"%s\",\"projectName\":\"%s\",\"prompt\":\"%s\"}"
                  .formatted(id, project, prompt));
      ids.add(id);
    }
    return ids;
  }

  private void comesToAnother() {
    List<String> ids = LongPollContract.enqueue(server(), project, 1);
    assertThat(TestWorker.claimed(worker().poll(WAIT))).isEqualTo(ids);
  }

  private TestWorker worker() {
    return server()
        .register("{\"hostname\":\"h\",\"capacity\":10,\"projects\":[\"" + project + "\"]}");
  }

  private BadInputSocket waiting(TestWorker worker) {
    long seen = worker.lastSeen();
    BadInputSocket client = new BadInputSocket(server()).send(head(worker));
    worker.awaitPoll(seen);
    return client;
  }

  private static String head(TestWorker worker) {
    return BadInputSocket.head(
        "GET", "/api/workers/" + worker.id() + "/poll" + WAIT, worker.token());
  }
}
