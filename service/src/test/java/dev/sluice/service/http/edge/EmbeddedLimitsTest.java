package dev.sluice.service.http.edge;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedLimitsTest extends LimitsContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("embedded", low());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected SluiceServer server() {
    return server;
  }
}
