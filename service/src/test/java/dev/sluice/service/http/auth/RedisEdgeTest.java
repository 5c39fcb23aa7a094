package dev.sluice.service.http.auth;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.AuthEdge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisEdgeTest extends EdgeContract {

  private static RedisServerProcess redis;
  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    // What is answered counts here, not how soon: a busy machine may let Redis wait for a while.
    edge =
        new AuthEdge(
            "redis", ONE_NACK, "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
  }

  @AfterAll
  static void stop() {
    try {
      edge.close();
    } finally {
      redis.close();
    }
  }

  @Override
  protected AuthEdge edge() {
    return edge;
  }

  @Override
  boolean refusals() {
    return Boolean.getBoolean("sluice.long");
  }
}
