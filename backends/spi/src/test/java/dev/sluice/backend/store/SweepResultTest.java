package dev.sluice.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SweepResultTest {

  private static final SweepResult ONE = new SweepResult(1, 2, 3, 4, 5, true);
  private static final SweepResult OTHER = new SweepResult(10, 20, 30, 40, 50, false);

  @Test
  void resultsAddUp() {
    assertThat(ONE.and(OTHER)).isEqualTo(new SweepResult(11, 22, 33, 44, 55, false));
  }

  @Test
  void whetherMoreIsDueSaysTheLaterOne() {
    assertThat(ONE.and(OTHER).more()).isFalse();
    assertThat(OTHER.and(ONE).more()).isTrue();
  }

  @Test
  void nothingAddsNothing() {
    assertThat(SweepResult.NOTHING.and(OTHER)).isEqualTo(OTHER);
    assertThat(OTHER.and(SweepResult.NOTHING)).isEqualTo(OTHER);
  }

  @Test
  void anyKindIsAChange() {
    assertThat(SweepResult.NOTHING.changed()).isFalse();
    assertThat(new SweepResult(0, 0, 0, 0, 0, true).changed()).isFalse();
    assertThat(new SweepResult(1, 0, 0, 0, 0, false).changed()).isTrue();
    assertThat(new SweepResult(0, 1, 0, 0, 0, false).changed()).isTrue();
    assertThat(new SweepResult(0, 0, 1, 0, 0, false).changed()).isTrue();
    assertThat(new SweepResult(0, 0, 0, 1, 0, false).changed()).isTrue();
    assertThat(new SweepResult(0, 0, 0, 0, 1, false).changed()).isTrue();
  }
}
