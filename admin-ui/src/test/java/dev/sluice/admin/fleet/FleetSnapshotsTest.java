package dev.sluice.admin.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.Worker;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.model.ModelBackend;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetSnapshotsTest {

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private boolean away;
  private final FleetSnapshots snapshots =
      new FleetSnapshots(
          new ModelBackend(Rules.DEFAULTS, new MovableClock()),
          this::workers,
          Clock.systemUTC(),
          nanos::get);

  private List<Worker> workers(String org) {
    looks.incrementAndGet();
    if (away) {
      throw new BackendUnavailableException("away", false, new IllegalStateException());
    }
    return List.of();
  }

  @Test
  void howeverManyAskTheStoreIsReadOnceASecondForEachOrg() {
    for (int i = 0; i < 50; i++) {
      snapshots.of("one");
      snapshots.of("two");
    }
    assertThat(looks).hasValue(2);

    pass(Duration.ofMillis(1_001));
    snapshots.of("one");
    snapshots.of("one");
    assertThat(looks).hasValue(3);
  }

  @Test
  void whileTheStoreIsAwayWhatWasSeenLastIsKeptAndTheStoreAskedOnceASecond() {
    Reading seen = snapshots.of("one");
    away = true;
    pass(Duration.ofSeconds(5));

    assertThat(snapshots.of("one")).isEqualTo(new Reading(seen.fleet(), List.of(), true));
    assertThat(snapshots.of("one")).isEqualTo(new Reading(seen.fleet(), List.of(), true));
    assertThat(looks).hasValue(2);

    away = false;
    pass(Duration.ofSeconds(5));
    assertThat(snapshots.of("one").away()).isFalse();
  }

  @Test
  void anOrgThatWasNeverSeenIsNotThereWhileTheStoreIsAway() {
    away = true;

    assertThat(snapshots.of("one")).isEqualTo(new Reading(null, List.of(), true));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
