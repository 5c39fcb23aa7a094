package dev.sluice.service.http.operator;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisUnreadableTest extends UnreadableContract {

  private static RedisServerProcess redis;
  private static SluiceServer server;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    server =
        SluiceServer.start(ForwardApplication.class, "redis", "backend.redis.uri=" + redis.uri());
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
