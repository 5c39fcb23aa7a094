package dev.sluice.service.http.operator;

import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastOpsTest extends OpsContract {

  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    edge = new AuthEdge("hazelcast", with(SluiceServer.ONE_MEMBER));
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
