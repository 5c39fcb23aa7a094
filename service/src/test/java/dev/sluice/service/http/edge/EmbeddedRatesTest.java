package dev.sluice.service.http.edge;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedRatesTest extends RatesContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start(RatesApplication.class, "embedded", low());
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
