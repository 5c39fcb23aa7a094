package dev.sluice.service.http.edge;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class HazelcastMetricsTest extends MetricsContract {

  private SluiceServer server;

  @BeforeEach
  void start() {
    server = SluiceServer.start("hazelcast", "backend.hazelcast.durable=false");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected SluiceServer server() {
    return server;
  }
}
