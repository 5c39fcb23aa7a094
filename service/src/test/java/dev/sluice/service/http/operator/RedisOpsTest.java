package dev.sluice.service.http.operator;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.AuthEdge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisOpsTest extends OpsContract {

  private static RedisServerProcess redis;
  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    edge =
        new AuthEdge(
            "redis",
            with(
                "backend.redis.uri=" + redis.uri(),
                "backend.redis.timeoutMs=5000")); // a busy machine is no outage
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
}
