package dev.sluice.service.http.protocol;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisWireTest extends WireContract {

  private static RedisServerProcess redis;
  private static SluiceServer server;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    // A busy machine is no outage.
    server =
        SluiceServer.start(
            "redis", "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
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
