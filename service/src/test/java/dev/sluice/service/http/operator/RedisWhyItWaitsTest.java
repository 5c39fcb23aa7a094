package dev.sluice.service.http.operator;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.SluiceServer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisWhyItWaitsTest extends WhyItWaitsContract {

  private static RedisServerProcess redis;
  private static SluiceServer server;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    // A busy machine is no outage.
    server =
        SluiceServer.start(
            ForwardApplication.class,
            "redis",
            Stream.concat(
                    Arrays.stream(SETTINGS),
                    Stream.of("backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000"))
                .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  @Override
  protected SluiceServer server() {
    return server;
  }
}
