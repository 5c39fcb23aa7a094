package dev.sluice.service.process;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet outlives kills and a stop of the service: all items end, no worker is quarantined for
 * lost poll answers, and no held session is doubled or ended. One kill, in the long form ten.
 */
@Timeout(900)
class KilledFleetIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int ITEMS = LONG ? 8_000 : 300;
  private static final int KILLS = LONG ? 10 : 1;

  @TempDir Path directory;

  @Test
  void onRedisNoWorkerIsBlamedForAKill() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      drain("backend.type=redis", "backend.redis.uri=" + redis.uri());
    }
  }

  @Test
  void onTheEmbeddedStoreNoWorkerIsBlamedForAKill() throws Exception {
    drain("backend.type=embedded");
  }

  private void drain(String... backend) throws Exception {
    String[] overrides =
        Stream.concat(Stream.of(backend), Stream.of("timing.accept=3s")).toArray(String[]::new);
    Supplier<SluiceProcess> start =
        () -> SluiceProcess.start(directory, FleetCalls.ENVIRONMENT, overrides);
    List<KilledFleet.Next> restarts = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      restarts.add(
          service -> {
            service.kill();
            return start.get();
          });
    }
    restarts.add(
        service -> {
          service.terminate();
          return start.get();
        });
    try (KilledFleet fleet = new KilledFleet(start.get(), ITEMS)) {
      System.out.println(backend[0] + ": " + fleet.drain(restarts));
    }
  }
}
