package dev.sluice.service.http.operator;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedUnreadableTest extends UnreadableContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start(ForwardApplication.class, "embedded");
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
