package dev.sluice.service.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastLimitsTest extends LimitsContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("hazelcast", low());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  SluiceServer server() {
    return server;
  }
}
