package dev.sluice.service.http.openapi;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.AuthEdge;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisOpenApiTest extends OpenApiContract {

  private static RedisServerProcess redis;
  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    // A busy machine is no outage.
    Stream<String> more =
        Stream.of("backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
    edge =
        new AuthEdge(
            "redis",
            Stream.concat(Arrays.stream(OpenApiDrives.LIMITS), more).toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    edge.close();
    redis.close();
  }

  @Override
  protected AuthEdge edge() {
    return edge;
  }
}
