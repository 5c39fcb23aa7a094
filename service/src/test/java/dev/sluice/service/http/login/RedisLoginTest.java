package dev.sluice.service.http.login;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.LoginEdge;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisLoginTest extends LoginContract {

  private static RedisServerProcess redis;
  private static LoginEdge edge;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    edge = start(OPERATORS, FORWARDED);
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
  protected LoginEdge edge() {
    return edge;
  }

  @Override
  protected LoginEdge another(List<String> operators) {
    return start(operators, NOT_FORWARDED);
  }

  private static LoginEdge start(List<String> operators, String forwarded) {
    // What is answered counts here, not how soon: a busy machine may let Redis wait for a while.
    return new LoginEdge(
        "redis",
        operators,
        forwarded,
        "backend.redis.uri=" + redis.uri(),
        "backend.redis.timeoutMs=5000",
        ONE_NACK);
  }
}
