package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Losses of a Redis with less than {@code appendfsync always}: no more than {@code
 * docs/operating.md} says, and workers and producers go on without help.
 */
class RedisLossIT {

  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 10 : 2;
  private static final int ITEMS = 500;

  /** Longest delay of a write in Redis while an earlier one is being synced. */
  private static final long PUT_OFF_NANOS = TimeUnit.SECONDS.toNanos(2);

  @TempDir Path directory;

  private record Acknowledged(String id, long atNanos) {}

  @Test
  void withEverysecNothingOlderThanTheLastWritesIsLostWhenRedisIsKilled() throws Exception {
    try (RedisServerProcess redis =
            RedisServerProcess.start("--appendonly", "yes", "--appendfsync", "everysec");
        SluiceProcess sluice = start(redis)) {
      FleetCalls calls = new FleetCalls(sluice.url());
      for (int round = 1; round <= ROUNDS; round++) {
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
          String id = "everysec-" + round + "-" + i;
          calls.enqueue("p", List.of(id));
          acknowledged.add(new Acknowledged(id, System.nanoTime()));
        }
        long killed = System.nanoTime();
        redis.kill();
        redis.restart();
        int lost = 0;
        for (Acknowledged one : acknowledged) {
          if (!calls.knows(one.id())) {
            lost++;
            assertThat(killed - one.atNanos()).as(one.id()).isLessThan(PUT_OFF_NANOS);
          }
        }
        System.out.printf("Kill of Redis %d, everysec: %d of %d lost%n", round, lost, ITEMS);
      }
    }
  }

  @Test
  void withoutPersistenceAllIsLostAndWorkersThatRegisterAnewGoOn() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start();
        SluiceProcess sluice = start(redis)) {
      FleetCalls calls = new FleetCalls(sluice.url());
      String worker = calls.register("p", 5);
      calls.enqueue("p", List.of("before"));

      redis.kill();
      redis.restart();

      assertThat(calls.knows("before")).isFalse();
      assertThat(calls.pollStatus(worker)).isEqualTo(404);
      String anew = calls.register("p", 5);
      calls.enqueue("p", List.of("after"));
      assertThat(calls.poll(anew).at("/claimedSessionIds/0").asText()).isEqualTo("after");
    }
  }

  private SluiceProcess start(RedisServerProcess redis) {
    return SluiceProcess.start(
        directory,
        FleetCalls.ENVIRONMENT,
        "backend.type=redis",
        "backend.redis.uri=" + redis.uri());
  }
}
