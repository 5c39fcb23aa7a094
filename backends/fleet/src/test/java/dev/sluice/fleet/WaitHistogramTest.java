package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitHistogramTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 99, 1_000, 61_234, 3_600_000, 86_400_000, 2_000_000_000})
  void aWaitIsRightWithinATenth(long ms) {
    assertThat(of(ms).percentile(0.5)).isCloseTo(ms, Percentage.withPercentage(10));
  }

  @Test
  void nothingWaitedIsNoNumberAndNoTimeIsZero() {
    assertThat(WaitHistogram.NONE.percentile(0.95)).isNaN();
    assertThat(of(0).percentile(0.95)).isZero();
    assertThat(of(-5).percentile(0.95)).isZero();
  }

  @Test
  void evenTheLongestWaitHasABucket() {
    assertThat(WaitHistogram.bucket(Long.MAX_VALUE)).isEqualTo(WaitHistogram.BUCKETS - 1);
    assertThat(of(Long.MAX_VALUE).percentile(1)).isGreaterThan(4e9 * 0.9);
  }

  @Test
  void percentilesAreThoseOfTheNearestRank() {
    WaitHistogram waits = of(10, 10, 10, 10, 10, 10, 10, 10, 10, 5_000);

    assertThat(waits.percentile(0.5)).isCloseTo(10, Percentage.withPercentage(10));
    assertThat(waits.percentile(0.9)).isCloseTo(10, Percentage.withPercentage(10));
    assertThat(waits.percentile(0.95)).isCloseTo(5_000, Percentage.withPercentage(10));
  }

  @Test
  void whatCameLaterIsTheDifference() {
    Random random = new Random(1);
    long[] all = random.longs(100, 0, 100_000).toArray();
    WaitHistogram later = of(all).since(of(Arrays.copyOf(all, 99)));

    assertThat(later.count()).isEqualTo(1);
    assertThat(later.percentile(1)).isCloseTo(all[99], Percentage.withPercentage(10));
    assertThat(of(7).since(WaitHistogram.NONE).count()).isEqualTo(1);
  }

  private static WaitHistogram of(long... ms) {
    long[] counts = new long[WaitHistogram.BUCKETS];
    for (long each : ms) {
      counts[WaitHistogram.bucket(each)]++;
    }
    return new WaitHistogram(counts);
  }
}
