package dev.sluice.service.replay;

import dev.sluice.backend.redis.agentfactory.GeneratedFleet;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.SluiceApplication;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.replay.clients.ImportedDayContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** AgentFactory's Redis comes over by the command line, and its workers go on. */
class ImportedDayTest {

  private static RedisServerProcess other;

  @BeforeAll
  static void load() {
    other = RedisServerProcess.start();
    GeneratedFleet.load(other);
  }

  @AfterAll
  static void close() {
    other.close();
  }

  private static ReplayServer imported(ReplayServer server) throws Exception {
    server.setClock(System.currentTimeMillis());
    new SluiceApplication()
        .run(
            "import-agentfactory",
            "--redis",
            other.uri(),
            "--to",
            server.url(),
            "--key",
            SluiceServer.API_KEY);
    return server;
  }

  @Nested
  class OnEmbedded extends ImportedDayContract {

    private static ReplayServer server;

    @BeforeAll
    static void start() throws Exception {
      server = imported(ReplayServer.start("embedded", ReplayContract.SETTINGS));
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

  @Nested
  class OnRedis extends ImportedDayContract {

    private static RedisServerProcess redis;
    private static ReplayServer server;

    @BeforeAll
    static void start() throws Exception {
      redis = RedisServerProcess.start();
      String[] settings =
          Stream.concat(
                  Stream.of(ReplayContract.SETTINGS),
                  Stream.of("backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000"))
              .toArray(String[]::new);
      server = imported(ReplayServer.start("redis", settings));
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
}
