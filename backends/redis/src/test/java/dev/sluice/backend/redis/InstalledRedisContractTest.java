package dev.sluice.backend.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.server.RedisBinary;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.contract.QueueBackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contract on the Redis that is installed on this machine, if one is. */
class InstalledRedisContractTest extends QueueBackendContract {

  private static final Logger LOG = LoggerFactory.getLogger(InstalledRedisContractTest.class);

  private static RedisServerProcess server;

  @BeforeAll
  static void startServer() {
    boolean installed = RedisBinary.INSTALLED.path().isPresent();
    if (!installed) {
      LOG.warn("skipped: no redis-server on the PATH; the bundled one ran the contract");
    }
    assumeTrue(installed, "no redis-server on the PATH");
    server = RedisServerProcess.start(RedisBinary.INSTALLED);
  }

  @AfterAll
  static void endServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new RedisUnderTest(server, rules, clock);
  }
}
