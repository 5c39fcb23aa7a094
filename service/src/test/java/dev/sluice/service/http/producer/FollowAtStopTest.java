package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FollowAtStopTest {

  private static final int CALLS = 20;

  @Test
  @Timeout(60)
  void allAreAnsweredAtAStopAndNoneIsLeftWaiting() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLS);
    List<CompletableFuture<Answer>> waiting = new ArrayList<>();
    try (SluiceServer server = SluiceServer.start("embedded")) {
      server.enqueue("{\"sessionId\":\"a\",\"prompt\":\"p\"}");
      for (int i = 0; i < CALLS; i++) {
        waiting.add(
            CompletableFuture.supplyAsync(
                () -> server.get("/api/work/a?wait=25&state=pending", API_KEY), callers));
      }
      while (!metrics(server).contains("\nsluice_followed_work " + CALLS + ".0\n")) {
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
      }
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
    } finally {
      callers.shutdown();
    }
    for (CompletableFuture<Answer> each : waiting) {
      Answer answer = each.get(20, TimeUnit.SECONDS);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.text("/state")).isEqualTo("pending");
    }
  }

  private static String metrics(SluiceServer server) {
    return SluiceServer.send(
            HttpRequest.newBuilder(URI.create(server.adminUrl() + "/metrics")).build())
        .body();
  }
}
