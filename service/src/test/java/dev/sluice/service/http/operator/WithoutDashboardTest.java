package dev.sluice.service.http.operator;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WithoutDashboardTest {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server =
        SluiceServer.start(
            "embedded", "edge.openDashboard=false", "findings.every=1s", "findings.hold=0s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void noPageIsServedAndNoneIsNamed() {
    assertThat(server.get("/admin", null).status()).isEqualTo(404);
    assertThat(server.get("/admin/login", null).status()).isEqualTo(404);
    assertThat(server.get("/", null).body()).doesNotContain("/admin").contains("/docs");
  }

  @Test
  void findingsAndSearchesGoOn() {
    server.enqueue("{\"sessionId\":\"left\",\"projectName\":\"web\",\"prompt\":\"p\"}");
    Answer paused = server.post("/api/queues/web/pause", API_KEY, "{\"reason\":\"a release\"}");
    assertThat(paused.status()).as(paused.body()).isEqualTo(200);

    assertThat(seen(() -> server.get("/api/findings", API_KEY), "paused.web")).contains("web");
    assertThat(seen(() -> server.get("/api/search?q=left", API_KEY), "\"left\"")).contains("left");
  }

  /** Asks until the answer has a text, as a person would. */
  private static String seen(Supplier<Answer> call, String text) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Answer answer = call.get();
    while (!answer.body().contains(text) && System.nanoTime() < end) {
      Thread.onSpinWait();
      answer = call.get();
    }
    return answer.body();
  }
}
