package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RedisAwayTest {

  private RedisServerProcess redis;
  private SluiceServer server;
  private TestWorker worker;

  @BeforeEach
  void start() {
    redis = RedisServerProcess.start("--appendonly", "yes", "--appendfsync", "always");
    server = SluiceServer.start("redis", "backend.redis.uri=" + redis.uri());
    untilServed(() -> server.get("/api/work/none", API_KEY));
    worker = server.register("{\"hostname\":\"h\",\"capacity\":10}");
  }

  @AfterEach
  void stop() {
    server.close();
    redis.close();
  }

  @Test
  void frozen() {
    enqueueBefore();
    redis.freeze();
    everyCallIsUnavailable();
    redis.thaw();
    servesAgain();
  }

  @Test
  void killedAndRestarted() {
    enqueueBefore();
    redis.kill();
    everyCallIsUnavailable();
    redis.restart();
    servesAgain();
  }

  @Test
  void awayAtStart() {
    redis.kill();
    try (SluiceServer early = SluiceServer.start("redis", "backend.redis.uri=" + redis.uri())) {
      Answer answer = early.post("/api/work", API_KEY, "{\"prompt\":\"p\"}");
      assertUnavailable(answer);
      redis.restart();
      Answer served = untilServed(() -> early.post("/api/work", API_KEY, "{\"prompt\":\"p\"}"));
      assertThat(served.status()).isEqualTo(201);
    }
  }

  private void enqueueBefore() {
    String item = "{\"sessionId\":\"before\",\"prompt\":\"p\"}";
    assertThat(untilServed(() -> server.post("/api/work", API_KEY, item)).status()).isIn(200, 201);
  }

  /** Calls from many clients at once: nothing piles up behind a silent store. */
  private void everyCallIsUnavailable() {
    List<Answer> answers =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(
                i ->
                    switch (i % 4) {
                      case 0 -> server.get("/api/workers/" + worker.id() + "/poll", worker.token());
                      case 1 -> worker.heartbeat(0);
                      case 2 -> server.post("/api/work", API_KEY, "{\"prompt\":\"lost?\"}");
                      default -> worker.report("before", "running");
                    })
            .toList();
    answers.forEach(RedisAwayTest::assertUnavailable);
    Answer health = SluiceServer.send(request(server.adminUrl() + "/healthcheck"));
    assertThat(health.status()).isEqualTo(500);
  }

  private void servesAgain() {
    Answer poll =
        untilServed(() -> server.get("/api/workers/" + worker.id() + "/poll", worker.token()));
    assertThat(poll.status()).as(poll.body()).isEqualTo(200);
    String claimed = TestWorker.claimed(poll) + " " + TestWorker.claimed(worker.poll());
    assertThat(claimed).as("what was acknowledged before is still there").contains("before");
    assertThat(SluiceServer.send(request(server.adminUrl() + "/healthcheck")).status())
        .isEqualTo(200);
  }

  private static Answer untilServed(java.util.function.Supplier<Answer> call) {
    Answer answer = call.get();
    while (answer.status() == 503) { // bounded by the time-out of the test
      answer = call.get();
    }
    return answer;
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.text("/message")).isNotBlank();
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).build();
  }
}
