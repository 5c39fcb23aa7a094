package dev.sluice.service.http.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** As many waiting polls as a large fleet has workers, at the shipped settings. */
abstract class ParkedCrowdContract {

  private static final int CROWD = Boolean.getBoolean("sluice.long") ? 5_000 : 1_000;

  /** Workers come one after the other; a rush is another question. */
  private static final int AT_ONCE = 50;

  protected abstract SluiceServer server();

  @Test
  void aCrowdWaitsAndTheServiceIsWell() {
    String project = "crowd-" + System.nanoTime();
    String body = "{\"hostname\":\"h\",\"capacity\":1,\"projects\":[\"" + project + "\"]}";
    List<TestWorker> workers =
        IntStream.range(0, CROWD).parallel().mapToObj(i -> server().register(body)).toList();
    List<BadInputSocket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CROWD; i += AT_ONCE) {
        List<TestWorker> some = workers.subList(i, i + AT_ONCE);
        long seen = some.get(AT_ONCE - 1).lastSeen();
        some.forEach(worker -> clients.add(poll(worker)));
        some.get(AT_ONCE - 1).awaitPoll(seen);
      }
      assertThat(server().adminGet("/healthcheck").status()).isEqualTo(200);
      List<String> ids = new ArrayList<>();
      while (ids.size() < CROWD) {
        ids.addAll(LongPollContract.enqueue(server(), project, 1_000));
      }
      assertThat(clients)
          .flatExtracting(client -> TestWorker.claimed(client.answer()))
          .containsExactlyInAnyOrderElementsOf(ids);
    } finally {
      clients.forEach(BadInputSocket::close);
    }
  }

  private BadInputSocket poll(TestWorker worker) {
    String path = "/api/workers/" + worker.id() + "/poll?wait=25";
    return new BadInputSocket(server()).send(BadInputSocket.head("GET", path, worker.token()));
  }
}
