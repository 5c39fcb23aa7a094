package dev.sluice.service.http.operator;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastUnreadableTest extends UnreadableContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start(ForwardApplication.class, "hazelcast");
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
