package dev.sluice.service.http.protocol;

import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedProtocolTest extends ProtocolContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start(AgingApplication.class, "embedded");
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
