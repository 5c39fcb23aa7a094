package dev.sluice.service.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import dev.sluice.service.traces.CollectorStandIn.Received;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RedisTwoNodesTracesTest {

  private static final int RUNS = 20;

  /** Its rounds come each second. */
  private static final long SEVERAL_ROUNDS_MS = 2_500;

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void eachRunIsTracedOnceWhereverItsCallsWent() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start();
        CollectorStandIn collector = new CollectorStandIn();
        SluiceServer one = node(redis, collector);
        SluiceServer other = node(redis, collector)) {
      Thread.sleep(SEVERAL_ROUNDS_MS); // the first one may have led
      TestWorker worker = one.register("{\"hostname\":\"h\",\"capacity\":100}");
      TestWorker elsewhere = new TestWorker(other, worker.id(), worker.token());
      for (int i = 0; i < RUNS; i++) {
        Answer enqueued =
            (i % 2 == 0 ? one : other)
                .call(
                    "POST",
                    "/api/work",
                    SluiceServer.API_KEY,
                    "{\"sessionId\":\"s" + i + "\",\"prompt\":\"p\"}",
                    Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        assertThat(enqueued.status()).as(enqueued.body()).isEqualTo(201);
        TestWorker half = i % 4 < 2 ? worker : elsewhere;
        half.poll();
        half.report("s" + i, "running");
        half.report("s" + i, "completed");
      }

      collector.await(3 * RUNS);
      Thread.sleep(SEVERAL_ROUNDS_MS); // for what would be sent twice
      List<Received> spans = collector.spans();

      assertThat(spans).hasSize(3 * RUNS);
      assertThat(spans).extracting(Received::id).doesNotHaveDuplicates();
      assertThat(spans).extracting(Received::traceId).containsOnly(TRACE);
      assertThat(spans)
          .extracting(span -> span.attributes().get("messaging.message.id"))
          .contains("s0", "s" + (RUNS - 1));
    }
  }

  private static SluiceServer node(RedisServerProcess redis, CollectorStandIn collector) {
    return SluiceServer.start(
        "redis",
        "backend.redis.uri=" + redis.uri(),
        "backend.redis.timeoutMs=5000",
        "traces.endpoint=" + collector.endpoint());
  }
}
