package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.replay.Calls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A move that is killed at a random moment: source and target are never both open, one has
 * everything, and the next move ends it. One kill, in the long form twenty.
 */
@Timeout(900)
class KilledMoveIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int KILLS = LONG ? 20 : 1;
  private static final int ITEMS = 3_000;

  @TempDir Path directory;

  @Test
  void theNextMoveEndsIt() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    Random random = new Random(seed);
    try (RedisServerProcess redis = RedisServerProcess.start();
        SluiceProcess source = started("source", "backend.type=hazelcast")) {
      enqueue(source);
      int kills = 0;
      SluiceProcess from = source;
      for (int round = 0; round < KILLS; round++) {
        redis.kill();
        redis.restart(); // empty
        try (SluiceProcess target =
            started("target-" + round, "backend.type=redis", "backend.redis.uri=" + redis.uri())) {
          Process killed = MoveProcess.start(directory, from.url(), target.url());
          if (!killed.waitFor(500 + random.nextInt(4_000), TimeUnit.MILLISECONDS)) {
            killed.destroyForcibly().waitFor();
            kills++;
          }
          boolean moved = closure(from).has("movedTo");
          assertThat(
                  closure(from).path("closed").asBoolean()
                      || closure(target).path("closed").asBoolean()
                      || count(target) == 0)
              .as("one is open alone, seed %s", seed)
              .isTrue();
          if (moved) {
            assertThat(closure(target).path("imported").path("done").asBoolean(true)).isTrue();
          }
          String said = MoveProcess.run(directory, from.url(), target.url());
          assertThat(count(target)).as(said).isEqualTo(ITEMS);
          assertThat(closure(target).path("closed").asBoolean()).isFalse();
          assertThat(closure(from).path("movedTo").asText()).isEqualTo(target.url());
          // Back in use for the next round.
          new Calls(from.url(), FleetCalls.PRODUCER).call("DELETE", "/api/closure", null, Map.of());
        }
      }
      System.out.println(kills + " of " + KILLS + " moves were killed");
    }
  }

  private SluiceProcess started(String name, String... backend) throws Exception {
    Path home = Files.createDirectory(directory.resolve(name));
    return SluiceProcess.start(home, FleetCalls.ENVIRONMENT, backend);
  }

  private static void enqueue(SluiceProcess source) {
    Calls calls = new Calls(source.url(), FleetCalls.PRODUCER);
    for (int from = 0; from < ITEMS; from += 500) {
      String items =
          IntStream.range(from, from + 500)
              .mapToObj(n -> "{\"sessionId\":\"moved-" + n + "\",\"prompt\":\"p\"}")
              .collect(Collectors.joining(","));
      calls.post("/api/work", "{\"items\":[" + items + "]}");
    }
  }

  private static long count(SluiceProcess server) {
    long waiting = 0;
    for (JsonNode queue :
        new Calls(server.url(), FleetCalls.PRODUCER).get("/api/queues").path("queues")) {
      waiting += queue.path("waiting").asLong();
    }
    return waiting;
  }

  private static JsonNode closure(SluiceProcess server) {
    return new Calls(server.url(), FleetCalls.PRODUCER).get("/api/closure");
  }
}
