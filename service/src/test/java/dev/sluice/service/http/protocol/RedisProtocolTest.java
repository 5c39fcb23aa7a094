package dev.sluice.service.http.protocol;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisProtocolTest extends ProtocolContract {

  private static RedisServerProcess redis;
  private static SluiceServer server;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    // What is answered counts here, not how soon: a busy machine may let Redis wait for a while.
    server =
        SluiceServer.start(
            AgingApplication.class,
            "redis",
            "backend.redis.uri=" + redis.uri(),
            "backend.redis.timeoutMs=5000");
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
