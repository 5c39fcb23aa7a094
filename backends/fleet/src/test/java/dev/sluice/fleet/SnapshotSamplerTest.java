package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.workers.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotSamplerTest {

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private volatile boolean away;
  private volatile Duration failsAfter = Duration.ZERO;
  private volatile String lookedOn = "";
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, new MovableClock());
  private final SnapshotSampler snapshots =
      new SnapshotSampler(
          backend,
          this::workers,
          new NoStops(),
          Clock.systemUTC(),
          Rules.DEFAULTS.stopGraceMs(),
          FindingSettings.UNRECORDED,
          nanos::get);

  private List<Worker> workers(String org) {
    looks.incrementAndGet();
    lookedOn = Thread.currentThread().getName();
    if (!failsAfter.isZero()) {
      pass(failsAfter);
      throw new IllegalStateException("a test's");
    }
    if (away) {
      throw new BackendUnavailableException("away", false, new IllegalStateException());
    }
    return List.of();
  }

  @AfterEach
  void stop() {
    snapshots.stop();
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

    Reading old = snapshots.of("one");
    assertThat(old.fleet()).isEqualTo(seen.fleet());
    assertThat(old.away()).isTrue();
    assertThat(snapshots.of("one")).isEqualTo(old);
    assertThat(looks).hasValue(2);

    away = false;
    pass(Duration.ofSeconds(5));
    assertThat(snapshots.of("one").away()).isFalse();
  }

  @Test
  void aCallerThatNeedsMoreThanTheLastSnapshotWaitsASecondInAll() {
    snapshots.of("one");
    failsAfter = Duration.ofMillis(1);

    assertThat(snapshots.withUnclaimed("one").fleet()).isNotNull();
    assertThat(looks).as("the second began in time, a third would not").hasValue(3);

    failsAfter = Duration.ofMillis(1_100);
    snapshots.withUnclaimed("one");
    assertThat(looks).hasValue(4);
  }

  @Test
  void anOrgThatWasNeverSeenIsNotThereWhileTheStoreIsAway() {
    away = true;

    assertThat(snapshots.of("one").fleet()).isNull();
    assertThat(snapshots.of("one").away()).isTrue();
  }

  @Test
  void aLookIsDueEachSecondWhileSomebodyAsksThenEachFiveForAnHour() {
    snapshots.of("one");
    assertThat(looksWithin(Duration.ofSeconds(10))).isEqualTo(10);
    assertThat(looksWithin(Duration.ofMinutes(10))).isEqualTo(120);
    assertThat(looksWithin(Duration.ofMinutes(49))).isEqualTo(588);
    looksWithin(Duration.ofMinutes(2));
    assertThat(looksWithin(Duration.ofHours(1))).isZero();

    snapshots.keep("one");
    assertThat(looksWithin(Duration.ofSeconds(10))).isEqualTo(10);
  }

  private int looksWithin(Duration time) {
    int before = looks.get();
    for (long ms = 0; ms < time.toMillis(); ms += 500) {
      pass(Duration.ofMillis(500));
      snapshots.tick();
    }
    return looks.get() - before;
  }

  @Test
  void whoAsksFirstLooksAndAllOtherLooksAreTheSamplersOwn() {
    snapshots.of("one");
    assertThat(lookedOn).isEqualTo(Thread.currentThread().getName());

    pass(Duration.ofSeconds(5));
    snapshots.of("one");
    assertThat(lookedOn).isEqualTo("sluice-sampler");
    snapshots.anew("one");
    assertThat(lookedOn).isEqualTo("sluice-sampler");
    assertThat(looks).hasValue(3);
  }

  @Test
  void theMarkChangesWithTheFleetAndWithWhatTheStoreTellsOf() {
    String first = snapshots.of("one").mark();
    pass(Duration.ofSeconds(5));
    assertThat(snapshots.of("one").mark()).isEqualTo(first);

    backend.queues().pause("one", "payments", 0, new AuditNote("ann", ""));
    assertThat(snapshots.of("one").mark()).isEqualTo(first);
    pass(Duration.ofSeconds(5));
    String second = snapshots.of("one").mark();
    assertThat(second).isNotEqualTo(first);

    String own = snapshots.anew("one").mark();
    assertThat(own).isNotEqualTo(second);
    assertThat(snapshots.of("one").mark()).isEqualTo(own);
  }

  @Test
  void eachLookIsTold() {
    List<String> told = new ArrayList<>();
    snapshots.listen((org, reading) -> told.add(org + " " + reading.away()));

    snapshots.of("one");
    away = true;
    snapshots.anew("one");

    assertThat(told).containsExactly("one false", "one true");
  }

  @Test
  void whatIsOverdueAtTheStopIsWhatWasSeenLast() {
    Reading seen = snapshots.of("one");
    snapshots.stop();
    pass(Duration.ofSeconds(5));

    assertThat(snapshots.of("one")).isEqualTo(seen);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
