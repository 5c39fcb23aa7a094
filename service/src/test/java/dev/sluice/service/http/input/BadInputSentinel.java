package dev.sluice.service.http.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;

/** An item that waits while everything around it goes wrong, and must be whole afterwards. */
final class BadInputSentinel {

  private final SluiceServer server;
  private final String id = "sentinel-" + System.nanoTime();
  private final String members =
      "\"projectName\":\""
          + id
          + "\",\"requiredCapabilities\":[\"sentinel\"],\"prompt\":\"p\\u0000\\ud800\","
          + "\"kits\":{\"a\" : [1.50,1e3]},\"\":{}";

  BadInputSentinel(SluiceServer server) {
    this.server = server;
    server.enqueue("{\"sessionId\":\"" + id + "\"," + members + "}");
  }

  void isStillThere() {
    TestWorker worker =
        server.register(
            "{\"hostname\":\"h\",\"capabilities\":[\"sentinel\"],\"projects\":[\"" + id + "\"]}");
    Answer poll = worker.poll();
    assertThat(TestWorker.claimed(poll)).containsExactly(id);
    assertThat(poll.body()).contains(members);
    assertThat(worker.report(id, "completed").status()).isEqualTo(200);
  }
}
