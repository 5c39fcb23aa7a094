package dev.sluice.service.replay;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastReplayTest extends ReplayContract {

  private static ReplayServer server;

  @BeforeAll
  static void start() {
    server = ReplayServer.start("hazelcast", SETTINGS);
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
