package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.Answer;
import dev.sluice.service.replay.Calls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet at work is moved from store to store by the command line: all items end once, held
 * sessions stay with their workers, and the servers before answer 503.
 */
@Timeout(900)
class MovedFleetIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int ITEMS = LONG ? 100_000 : 6_000;

  @TempDir Path directory;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void fromTheEmbeddedStoreToRedisAndBack() throws Exception {
    RedisServerProcess redis = RedisServerProcess.start();
    open.add(redis);
    SluiceProcess first = embedded("first");
    SluiceProcess second = onRedis(redis);
    SluiceProcess third = embedded("third");
    try (KilledFleet fleet = new KilledFleet(first, ITEMS)) {
      System.out.println(
          fleet.drain(List.of(before -> moved(before, second), before -> moved(before, third))));
    }
    Answer refused =
        new Calls(first.url(), FleetCalls.PRODUCER)
            .call("POST", "/api/work", "{\"prompt\":\"p\"}", Map.of());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("/message")).contains("it is now at ");
  }

  private SluiceProcess embedded(String name) throws IOException {
    return started(Files.createDirectory(directory.resolve(name)), "backend.type=hazelcast");
  }

  private SluiceProcess onRedis(RedisServerProcess redis) throws IOException {
    return started(
        Files.createDirectory(directory.resolve("redis")),
        "backend.type=redis",
        "backend.redis.uri=" + redis.uri());
  }

  private SluiceProcess started(Path home, String... backend) {
    SluiceProcess process = SluiceProcess.start(home, FleetCalls.ENVIRONMENT, backend);
    open.add(process);
    return process;
  }

  private SluiceProcess moved(SluiceProcess from, SluiceProcess to) throws Exception {
    System.out.print(MoveProcess.run(directory, from.url(), to.url()));
    return to;
  }
}
