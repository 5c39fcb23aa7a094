package dev.sluice.service.http.openapi;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedPropertiesTest extends OpenApiPropertiesContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("embedded");
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
