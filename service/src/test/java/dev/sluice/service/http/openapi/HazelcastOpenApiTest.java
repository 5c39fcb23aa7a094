package dev.sluice.service.http.openapi;

import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.SluiceServer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastOpenApiTest extends OpenApiContract {

  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    Stream<String> more = Stream.of(SluiceServer.ONE_MEMBER);
    edge =
        new AuthEdge(
            "hazelcast",
            Stream.concat(Arrays.stream(OpenApiDrives.LIMITS), more).toArray(String[]::new));
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
