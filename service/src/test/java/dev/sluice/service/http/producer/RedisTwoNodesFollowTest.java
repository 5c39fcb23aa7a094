package dev.sluice.service.http.producer;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisTwoNodesFollowTest extends FollowContract {

  private static RedisServerProcess redis;
  private static SluiceServer server;
  private static SluiceServer observer;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    server = node();
    observer = node();
  }

  private static SluiceServer node() {
    // A busy machine is no outage.
    return SluiceServer.start(
        "redis", "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
  }

  @AfterAll
  static void stop() {
    observer.close();
    server.close();
    redis.close();
  }

  @Override
  protected SluiceServer server() {
    return server;
  }

  @Override
  SluiceServer observer() {
    return observer;
  }
}
