package dev.sluice.service.http.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisLongPollTest extends LongPollContract {

  private static RedisServerProcess redis;
  private static SluiceServer server;
  private static SluiceServer second;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    server = node();
    second = node();
  }

  /** A busy machine is no outage. */
  private static SluiceServer node() {
    List<String> settings = new ArrayList<>(HeldPollContract.SETTINGS);
    settings.add("backend.redis.uri=" + redis.uri());
    settings.add("backend.redis.timeoutMs=5000");
    return SluiceServer.start("redis", settings.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    second.close(); // its overrides are on top
    server.close();
    redis.close();
  }

  @Override
  protected SluiceServer server() {
    return server;
  }

  @Test
  void workEnqueuedAtOneNodeAnswersAPollThatWaitsAtAnother() {
    for (int round = 0; round < 50; round++) {
      String project = "nodes-" + System.nanoTime();
      TestWorker there = second.register("{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]}");
      CompletableFuture<Answer> poll = there.park("?wait=25");
      List<String> ids = enqueue(server, project, 1);

      assertThat(TestWorker.claimed(poll.join())).isEqualTo(ids);
    }
  }

  @Test
  void aWorkerThatLeavesAtOneNodeEndsItsPollAtAnother() {
    String body = "{\"hostname\":\"h\",\"projects\":[\"leaves-" + System.nanoTime() + "\"]}";
    TestWorker stays = second.register(body);
    CompletableFuture<Answer> before = stays.park("");
    TestWorker worker = second.register(body);
    CompletableFuture<Answer> poll = worker.park("");
    server.delete("/api/workers/" + worker.id(), worker.token());

    assertThat(poll.join().status()).isEqualTo(200);
    assertThat(before).isNotDone();
    server.delete("/api/workers/" + stays.id(), stays.token());
  }
}
