package dev.sluice.service.http.worker;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedLongPollTest extends LongPollContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("embedded", HeldPollContract.SETTINGS.toArray(String[]::new));
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
