package dev.sluice.backend.redis;

import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.tck.BackendUnderTest;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;

/** This backend on an empty server, as a user who may do no more than the documentation grants. */
final class RedisUnderTest implements BackendUnderTest {

  private static final String USER = "sluice";
  private static final String PASSWORD = "test-only";

  /** A busy machine is no outage. */
  private static final int PATIENT_MS = 10_000;

  private final RedisServerProcess server;
  private final QueueBackend backend;

  RedisUnderTest(RedisServerProcess server, Rules rules, StoreTime time) {
    this.server = server;
    try (Jedis jedis = server.connect()) {
      jedis.flushAll();
      jedis.aclSetUser(USER, AclRights.of(PASSWORD));
    }
    backend =
        new RedisBackend(
            RedisAddress.parse(server.uri(USER, PASSWORD)),
            16,
            PATIENT_MS,
            new BackendEnvironment(rules, Path.of("unused"), time));
  }

  @Override
  public QueueBackend backend() {
    return backend;
  }

  @Override
  public void damage(String org, String sessionId) {
    try (Jedis jedis = server.connect()) {
      jedis.del("{" + org + "}:s:" + sessionId);
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
