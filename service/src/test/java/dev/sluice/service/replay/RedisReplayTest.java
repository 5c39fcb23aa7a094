package dev.sluice.service.replay;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A user of Redis who may not walk over keys: a scan would fail. */
class RedisReplayTest extends ReplayContract {

  private static RedisServerProcess redis;
  private static ReplayServer server;

  @BeforeAll
  static void start() {
    redis =
        RedisServerProcess.start(
            "--user",
            "sluice",
            "on",
            ">test-only",
            "~*",
            "&*",
            "+@all",
            "-keys",
            "-scan",
            "-hscan",
            "-sscan",
            "-zscan",
            "-randomkey");
    // A busy machine is no outage.
    server =
        ReplayServer.start(
            "redis",
            Stream.concat(
                    Arrays.stream(SETTINGS),
                    Stream.of(
                        "backend.redis.uri=" + redis.uri("sluice", "test-only"),
                        "backend.redis.timeoutMs=5000"))
                .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  @Override
  protected ReplayServer server() {
    return server;
  }
}
