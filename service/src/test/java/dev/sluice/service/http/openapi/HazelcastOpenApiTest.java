package dev.sluice.service.http.openapi;

import dev.sluice.service.http.AuthEdge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastOpenApiTest extends OpenApiContract {

  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    edge = new AuthEdge("hazelcast", OpenApiDrives.LIMITS);
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Override
  protected AuthEdge edge() {
    return edge;
  }
}
