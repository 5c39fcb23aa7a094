package dev.sluice.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerStateTest {

  private static final Instant NOW = Instant.ofEpochMilli(100_000);

  @ParameterizedTest
  @CsvSource({
    "true, false, 0, draining, draining",
    "true, true, 0, draining, replaced",
    "false, false, 0, quarantined, quarantined",
    "true, false, 64, draining, draining",
  })
  void aQuarantinedWorkerIsCountedAsItIsShown(
      boolean drained, boolean retired, int returns, String counted, String shown) {
    same(worker(drained, retired, 100_001, returns), counted, shown);
  }

  @Test
  void oneWithTooManyStandingNacksIsNotActive() {
    same(worker(false, false, 0, 64), "nacking", "nacking");
    same(worker(false, false, 0, 63), "active", "ready");
  }

  private static void same(Worker worker, String counted, String shown) {
    long now = NOW.toEpochMilli();
    assertThat(WorkerState.of(worker, now).label()).isEqualTo(counted);
    assertThat(dev.sluice.fleet.WorkerStatus.of(worker, now).word()).isEqualTo(shown);
  }

  private static Worker worker(
      boolean drained, boolean retired, long quarantinedUntil, int returns) {
    Registration registration =
        new Registration(
            "w",
            "key",
            Dialect.STANDARD,
            "host",
            2,
            Projects.ALL,
            List.of(),
            false,
            null,
            "{}",
            List.of());
    return new Worker(
        registration,
        0,
        List.of(),
        1,
        NOW.toEpochMilli(),
        false,
        drained,
        0,
        0,
        quarantinedUntil,
        returns,
        64,
        retired,
        false,
        0,
        null,
        0,
        List.of(),
        List.of(),
        null,
        "",
        0,
        0,
        0);
  }
}
