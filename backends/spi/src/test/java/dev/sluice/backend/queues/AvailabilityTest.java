package dev.sluice.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.queues.WhyItWaitsTest.Flag;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

  private static final long NOW = 1_000;

  @Test
  void theFirstThatAppliesCounts() {
    for (int marks = 0; marks < 1 << 7; marks++) {
      assertThat(Availability.of(worker(marks), NOW))
          .as("marks %s", Integer.toBinaryString(marks))
          .isEqualTo(Availability.values()[Integer.numberOfTrailingZeros(marks | 1 << 7)]);
    }
  }

  @Test
  void aWorkerThatCallsIsNeitherRevokedNorSilent() {
    for (int marks = 0; marks < 1 << 7; marks++) {
      assertThat(Availability.whileCalling(worker(marks), NOW))
          .isEqualTo(Availability.of(worker(marks & ~3), NOW));
    }
  }

  @Test
  void byItsOwnWordItDrainsToo() {
    assertThat(Availability.of(worker(EnumSet.of(Flag.DRAINING), false, NOW + 1), NOW))
        .isEqualTo(Availability.DRAINING);
  }

  @Test
  void aQuarantineEndsAtItsTime() {
    assertThat(Availability.of(worker(Set.of(), false, NOW), NOW)).isEqualTo(Availability.READY);
  }

  @Test
  void onlyTheLastTwoServe() {
    assertThat(Availability.values())
        .filteredOn(Availability::serves)
        .containsExactly(Availability.FULL, Availability.READY);
  }

  /** A worker with the marks whose bits are set, by their place in {@link Availability}. */
  private static Worker worker(int marks) {
    Flag[] flags = {Flag.REVOKED, Flag.SILENT, Flag.RETIRED, Flag.DRAINED, null, Flag.NACKING};
    List<Flag> set = new ArrayList<>();
    for (int i = 0; i < flags.length; i++) {
      if (flags[i] != null && (marks >> i & 1) == 1) {
        set.add(flags[i]);
      }
    }
    return worker(Set.copyOf(set), (marks >> 6 & 1) == 1, (marks >> 4 & 1) == 1 ? NOW + 1 : 0);
  }

  private static Worker worker(Set<Flag> flags, boolean full, long quarantinedUntil) {
    List<String> active = full ? List.of("a", "b") : List.of();
    return WhyItWaitsTest.worker(List.of(), List.of(), active, flags, quarantinedUntil);
  }
}
