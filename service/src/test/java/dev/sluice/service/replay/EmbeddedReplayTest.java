package dev.sluice.service.replay;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedReplayTest extends ReplayContract {

  private static ReplayServer server;

  @BeforeAll
  static void start() {
    server = ReplayServer.start("embedded", SETTINGS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ReplayServer server() {
    return server;
  }
}
