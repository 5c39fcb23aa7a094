package dev.sluice.service.http.operator;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedWhyItWaitsTest extends WhyItWaitsContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start(ForwardApplication.class, "embedded", SETTINGS);
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
