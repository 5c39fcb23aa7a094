package dev.sluice.service.http.operator;

import dev.sluice.service.http.AuthEdge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedEventsTest extends EventsContract {

  private static AuthEdge edge;

  @BeforeAll
  static void start() {
    edge = new AuthEdge("embedded", OVERRIDE);
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
