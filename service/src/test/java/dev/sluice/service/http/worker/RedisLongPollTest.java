package dev.sluice.service.http.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
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
    return SluiceServer.start(
        "redis", "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
  }

  @AfterAll
  static void stop() {
    server.close();
    second.close();
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
}
