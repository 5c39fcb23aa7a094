package dev.sluice.service.process;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed when 20 to 80 % of the items were handed out: once, in the long form twenty
 * times. Nothing acknowledged is lost, claims keep their owners, nothing is handed out twice, and
 * unacknowledged messages come again.
 */
class KillIT {

  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 20 : 1;

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostWhenTheServiceIsKilledAndItsWorkStandsInRedis() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      pullThePlug("backend.type=redis", "backend.redis.uri=" + redis.uri());
    }
  }

  @Test
  void nothingAcknowledgedIsLostWhenTheServiceIsKilledAndItsWorkStandsInItsOwnMemoryAndJournal()
      throws Exception {
    pullThePlug("backend.type=embedded");
  }

  private void pullThePlug(String... backend) throws Exception {
    List<String> overrides = new ArrayList<>(Arrays.asList(backend));
    overrides.add("timing.visibility=1s");
    Random random = new Random(20_80);
    SluiceProcess sluice = start(overrides);
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        Fleet fleet = new Fleet("kill-" + round, new FleetCalls(sluice.url()));
        int pullAt = Fleet.ITEMS / 5 + random.nextInt(Fleet.ITEMS * 3 / 5);
        fleet.workUntil(pullAt, sluice::kill);
        sluice = start(overrides);
        System.out.printf("Kill %d: %s%n", round, fleet.check(new FleetCalls(sluice.url())));
      }
    } finally {
      sluice.kill();
    }
  }

  private SluiceProcess start(List<String> overrides) {
    return SluiceProcess.start(directory, FleetCalls.ENVIRONMENT, overrides.toArray(String[]::new));
  }
}
