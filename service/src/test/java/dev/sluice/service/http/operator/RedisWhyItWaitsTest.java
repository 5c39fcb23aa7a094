package dev.sluice.service.http.operator;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisWhyItWaitsTest extends WhyItWaitsContract {

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.onRedis(ForwardApplication.class, SETTINGS);
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
