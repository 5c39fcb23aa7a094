package dev.sluice.service.http.edge;

import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastMetricsTest extends MetricsContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start(AgingApplication.class, "hazelcast", SluiceServer.ONE_MEMBER);
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
