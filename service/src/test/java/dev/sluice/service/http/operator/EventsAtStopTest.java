package dev.sluice.service.http.operator;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.EventTab;
import dev.sluice.service.http.SluiceServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventsAtStopTest {

  @Test
  @Timeout(60)
  void streamsEndAndWaitsAreAnsweredAtAStop() throws Exception {
    CompletableFuture<Answer> waiting;
    CompletableFuture<String> stream;
    try (SluiceServer server = SluiceServer.start("embedded")) {
      stream = EventTab.open(server, API_KEY, "").ended();
      waiting = CompletableFuture.supplyAsync(() -> server.get("/api/events?wait=25", API_KEY));
      while (!server.adminGet("/metrics").body().contains("\nsluice_event_readers 2.0\n")) {
        assertThat(waiting).isNotDone();
      }
    }
    assertThat(waiting.get(10, TimeUnit.SECONDS).text("/next")).isEqualTo("0");
    assertThat(stream.get(10, TimeUnit.SECONDS)).startsWith("retry: 2000");
  }
}
