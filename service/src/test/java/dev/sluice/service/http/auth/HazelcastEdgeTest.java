package dev.sluice.service.http.auth;

import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.input.BadInputBodyContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class HazelcastEdgeTest extends EdgeContract {

  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    edge = new AuthEdge("hazelcast", ONE_NACK, SluiceServer.ONE_MEMBER);
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Override
  protected AuthEdge edge() {
    return edge;
  }

  @Override
  boolean refusals() {
    return true;
  }

  @Nested
  class Bodies extends BadInputBodyContract {
    @Override
    protected SluiceServer server() {
      return edge.server();
    }
  }
}
