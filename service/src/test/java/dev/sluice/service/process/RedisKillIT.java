package dev.sluice.service.process;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis is killed and restarted under a fleet on two service nodes: once, in the long form ten
 * times. With {@code appendfsync always} nothing acknowledged is lost, and the nodes recover on
 * their own.
 */
class RedisKillIT {

  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 10 : 1;

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostWhenRedisIsKilledAndItsLogIsAlwaysSynced() throws Exception {
    try (RedisServerProcess redis =
            RedisServerProcess.start("--appendonly", "yes", "--appendfsync", "always");
        SluiceProcess first = start(redis);
        SluiceProcess second = start(redis)) {
      Random random = new Random(80_20);
      for (int round = 1; round <= ROUNDS; round++) {
        FleetCalls calls = new FleetCalls(first.url());
        Fleet fleet = new Fleet("redis-" + round, calls, new FleetCalls(second.url()));
        int pullAt = Fleet.ITEMS / 5 + random.nextInt(Fleet.ITEMS * 3 / 5);
        fleet.workThrough(
            pullAt,
            () -> {
              redis.kill();
              redis.restart();
            });
        System.out.printf("Kill of Redis %d: %s%n", round, fleet.check(calls));
      }
    }
  }

  private SluiceProcess start(RedisServerProcess redis) {
    return SluiceProcess.start(
        directory,
        FleetCalls.ENVIRONMENT,
        "backend.type=redis",
        "backend.redis.uri=" + redis.uri(),
        "timing.visibility=1s");
  }
}
