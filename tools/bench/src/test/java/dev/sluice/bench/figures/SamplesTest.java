package dev.sluice.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void percentilesAreValuesThatWereMeasured() {
    Samples samples = new Samples();
    for (int i = 100; i >= 1; i--) {
      samples.add(i);
    }
    assertThat(samples.percentiles(0.01, 0.07, 0.5, 0.99, 0.991, 1))
        .containsExactly(1, 7, 50, 99, 100, 100);
  }

  @Test
  void aSingleValueIsEveryPercentile() {
    Samples samples = new Samples();
    samples.add(42);
    assertThat(samples.percentiles(0.001, 0.5, 0.99, 1)).containsExactly(42, 42, 42, 42);
  }

  @Test
  void allAreKeptOfSeveralConnections() {
    Samples all = new Samples();
    for (int lane = 0; lane < 3; lane++) {
      Samples samples = new Samples();
      for (int i = 0; i < 2_000; i++) {
        samples.add(lane * 2_000L + i);
      }
      all.addAll(samples);
    }
    assertThat(all.size()).isEqualTo(6_000);
    assertThat(all.percentiles(0.5, 1)).containsExactly(2_999, 5_999);
  }

  @Test
  void nothingHasNoPercentile() {
    assertThatThrownBy(() -> new Samples().percentiles(0.5))
        .isInstanceOf(IllegalStateException.class);
  }
}
