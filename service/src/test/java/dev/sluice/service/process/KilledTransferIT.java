package dev.sluice.service.process;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.replay.Calls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup, a restore and a move that are killed at random moments: a file or an org has all or is
 * known to be incomplete, and the next call ends it. One kill of each, in the long form twenty.
 */
@Timeout(1_800)
class KilledTransferIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int KILLS = LONG ? 20 : 1;
  private static final int ITEMS = LONG ? 20_000 : 3_000;

  @TempDir Path directory;

  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private int kills;

  /** Duration of the latest whole call; a guess before. */
  private long usualMs;

  @BeforeEach
  void begin() {
    usualMs = 2_000;
  }

  @Test
  void theNextMoveEndsIt() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start();
        SluiceProcess from = embedded("source")) {
      enqueue(from);
      for (int round = 0; round < KILLS; round++) {
        try (SluiceProcess target = onEmpty(redis, round)) {
          List<String> move = CommandProcess.move(from.url(), target.url());
          kill(move);
          assertThat(closed(from) || closed(target) || count(target) == 0)
              .as("one is open alone, seed %s", seed)
              .isTrue();
          if (closure(from).has("movedTo")) {
            assertThat(closure(target).path("imported").path("done").asBoolean(true)).isTrue();
          }
          String said = timed(move);
          assertThat(count(target)).as(said).isEqualTo(ITEMS);
          assertThat(closed(target)).isFalse();
          assertThat(closure(from).path("movedTo").asText()).isEqualTo(target.url());
          // Back in use for the next round.
          new Calls(from.url(), FleetCalls.PRODUCER).delete("/api/closure");
        }
      }
    }
    tell("moves");
  }

  @Test
  void aFileIsWholeAndTheOrgOpensAgain() throws Exception {
    Path file = directory.resolve("backup.ndjson.gz");
    List<String> check = List.of("restore", "--check", file.toString());
    try (SluiceProcess source = embedded("source")) {
      enqueue(source);
      List<String> backup = List.of("backup", "--url", source.url(), file.toString());
      for (int round = 0; round < KILLS; round++) {
        boolean before = Files.exists(file);
        kill(backup);
        if (before || Files.exists(file)) {
          run(check);
        }
        while (closed(source)) {
          TimeUnit.MILLISECONDS.sleep(20); // between two questions
        }
        assertThat(count(source)).as("seed %s", seed).isEqualTo(ITEMS);
        timed(backup);
        assertThat(run(check)).contains(ITEMS + " session");
      }
    }
    tell("backups");
  }

  @Test
  void theNextRestoreEndsItOrItIsDiscarded() throws Exception {
    Path file = directory.resolve("backup.ndjson.gz");
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      try (SluiceProcess source = embedded("source")) {
        enqueue(source);
        run(List.of("backup", "--url", source.url(), file.toString()));
      }
      for (int round = 0; round < KILLS; round++) {
        try (SluiceProcess target = onEmpty(redis, round)) {
          List<String> restore = List.of("restore", "--url", target.url(), file.toString());
          kill(restore);
          long there = count(target);
          boolean closed = closed(target);
          assertThat(closed || there == 0 || there == ITEMS)
              .as("%s items in an open org, seed %s", there, seed)
              .isTrue();
          if (closed && random.nextBoolean()) {
            run(List.of("restore", "--discard", "--url", target.url()));
            assertThat(count(target)).isZero();
            assertThat(closed(target)).isFalse();
          }
          if (closed(target) || count(target) == 0) {
            timed(restore);
          }
          assertThat(count(target)).as("seed %s", seed).isEqualTo(ITEMS);
          assertThat(closed(target)).isFalse();
        }
      }
    }
    tell("restores");
  }

  /** Kills a command behind the start of its JVM, if it still runs then. */
  private void kill(List<String> command) throws Exception {
    Process process = CommandProcess.start(directory, command);
    long delayMs = usualMs / 5 + random.nextInt((int) usualMs * 4 / 5);
    if (!process.waitFor(delayMs, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      kills++;
    }
  }

  private String run(List<String> command) throws Exception {
    return CommandProcess.run(directory, command);
  }

  private String timed(List<String> command) throws Exception {
    long began = System.nanoTime();
    String said = run(command);
    usualMs = NANOSECONDS.toMillis(System.nanoTime() - began);
    return said;
  }

  private void tell(String commands) {
    System.out.println(kills + " of " + KILLS + " " + commands + " were killed");
  }

  private SluiceProcess embedded(String name) throws Exception {
    return started(name, "backend.type=embedded");
  }

  private SluiceProcess onEmpty(RedisServerProcess redis, int round) throws Exception {
    redis.kill();
    redis.restart(); // empty
    return started("target-" + round, "backend.type=redis", "backend.redis.uri=" + redis.uri());
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

  private static boolean closed(SluiceProcess server) {
    return closure(server).path("closed").asBoolean();
  }

  private static JsonNode closure(SluiceProcess server) {
    return new Calls(server.url(), FleetCalls.PRODUCER).get("/api/closure");
  }
}
