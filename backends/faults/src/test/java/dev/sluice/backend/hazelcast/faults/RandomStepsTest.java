package dev.sluice.backend.hazelcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStepsTest {

  @Test
  void aSeedNamesASequence() {
    assertThat(RandomSteps.of(7, 3, true)).isEqualTo(RandomSteps.of(7, 3, true));
    assertThat(RandomSteps.of(7, 3, true)).isNotEqualTo(RandomSteps.of(8, 3, true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sequencesHaveEveryKindOfFault(boolean longForm) {
    String kinds =
        LongStream.rangeClosed(1, 200)
            .mapToObj(seed -> RandomSteps.of(seed, 3, longForm).toString())
            .collect(Collectors.joining());

    assertThat(kinds)
        .containsPattern("cut off each of \\[\\d],")
        .contains("cut off each of [0, 1, 2],", "cut the link ", "mend all")
        .containsPattern("cut \\d>\\d")
        .contains("deafen ", "silence ", "Pause[", "Resume[", "Start[")
        .contains("emptyDisk=true", "emptyDisk=false");
  }

  /** A member is cut off, the others go on, and one of them is cut off at the same moment. */
  @Test
  void someSequencesCutASecondMemberWhileTheFirstIsStale() {
    long count =
        LongStream.rangeClosed(1, 200)
            .mapToObj(seed -> RandomSteps.of(seed, 3, true).toString())
            .filter(
                steps ->
                    steps.matches(
                        "\\[cut off each of \\[\\d], Serve\\[[^S]*?"
                            + "(cut off each of \\[\\d],|Pause).*"))
            .count();

    assertThat(count).isGreaterThan(15);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void oneMemberThatNeverMissedAnythingLives(int size) {
    for (long seed = 1; seed <= 500; seed++) {
      Set<Integer> neverKilled = new TreeSet<>(size == 2 ? Set.of(0, 1) : Set.of(0, 1, 2));
      List<Step> steps = RandomSteps.of(seed, size, true);
      for (Step step : steps) {
        if (step instanceof Step.Kill kill) {
          neverKilled.remove(kill.member());
        }
      }
      assertThat(neverKilled).as("seed %d: %s", seed, steps).isNotEmpty();
    }
  }
}
