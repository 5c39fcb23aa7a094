package dev.sluice.backend.redis;

import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.contract.QueueBackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the oldest Redis that is supported. */
class RedisContractTest extends QueueBackendContract {

  private static RedisServerProcess server;

  @BeforeAll
  static void startServer() {
    server = RedisServerProcess.start();
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new RedisUnderTest(server, rules, clock);
  }
}
