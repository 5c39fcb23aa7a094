package dev.sluice.service.http.operator;

import dev.sluice.service.http.AuthEdge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedAttestedLevelsTest extends AttestedLevelsContract {

  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    edge = new AuthEdge("embedded", OpsContract.with());
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
