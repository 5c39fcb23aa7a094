package dev.sluice.backend.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {

  private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource({
    "1, 0,             10000000000000",
    "3, 1772443800000, 31772443800000",
    "9, 1772443800001, 91772443800001",
    "0, 5,             10000000000005",
    "-7, 5,            10000000000005",
    "10, 5,            90000000000005",
  })
  void priorityTimesTenToThe13thPlusTheTime(int priority, long queuedAtMs, long score) {
    assertThat(Score.of(priority, queuedAtMs)).isEqualTo(score);
  }

  @Test
  void noTimeReachesIntoTheNextPriority() {
    for (int priority = 1; priority < 9; priority++) {
      assertThat(Score.of(priority, LATEST)).isLessThan(Score.of(priority + 1, 0));
    }
  }

  @Test
  void aDoubleHoldsItExactly() {
    for (int priority = 1; priority <= 9; priority++) {
      for (long time : new long[] {0, 1, 1_772_443_800_001L, LATEST - 1, LATEST}) {
        assertThat((long) (double) Score.of(priority, time)).isEqualTo(Score.of(priority, time));
      }
    }
  }

  @Test
  void aScoreTellsTheEnqueueTimeUnlessItIsOfTheFront() {
    for (int priority = 1; priority <= 9; priority++) {
      for (long time : new long[] {0, 1, LATEST}) {
        long score = Score.of(priority, time);
        assertThat(Score.isFront(score)).isFalse();
        assertThat(Score.queuedAtMs(score)).isEqualTo(time);
        assertThat(Score.behindPriorityOf(score))
            .isEqualTo(Score.of(priority, 0) + 10_000_000_000_000L);
      }
    }
    assertThat(Score.isFront(Score.front(1))).isTrue();
    assertThat(Score.behindPriorityOf(Score.front(1))).isEqualTo(Score.of(1, 0));
  }

  @Test
  void workHasTheScoreOfItsPriorityAndTime() {
    NewWork work = new NewWork("a", "a", "a", "web", List.of(), 2, 7, 0, 0, "hash", "{}");

    assertThat(work.score()).isEqualTo(Score.of(2, 7));
  }

  @Test
  void whatIsPutInFrontGoesBeforeAllElseAndTheLatestFirst() {
    assertThat(Score.front(1_772_443_800_001L)).isLessThan(Score.front(1_772_443_800_000L));
    assertThat(Score.front(0)).isEqualTo(Score.of(1, 0));
    assertThat(Score.front(1)).isLessThan(Score.of(1, 0));
  }
}
