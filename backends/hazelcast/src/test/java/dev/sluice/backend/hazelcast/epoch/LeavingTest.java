package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The steps of a first member that stops in order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeavingTest {

  private static final Seats TWO = TestSeats.of(0, "a", "b");
  private static final Seats THREE = TestSeats.of(0, "a", "b", "c");
  private static final UUID A = UUID.randomUUID();
  private static final UUID B = UUID.randomUUID();
  private static final Epoch BOTH = epoch(true, new Part(0, A), new Part(1, B));

  private final Map<Integer, Report> fresh = new HashMap<>(Map.of(0, report(1), 1, report(1)));

  @Test
  void it_waits_until_the_others_go_on_without_it() {
    assertThat(next(THREE, BOTH, true)).isEqualTo(Leaving.Step.WAIT);
    assertThat(next(THREE, epoch(true, new Part(1, B)), true)).isEqualTo(Leaving.Step.TRANSFER);
    assertThat(next(THREE, epoch(true, new Part(1, B)), false)).isEqualTo(Leaving.Step.GO);
  }

  @Test
  void alone_it_waits_for_none() {
    assertThat(next(THREE, epoch(true, new Part(0, A)), true)).isEqualTo(Leaving.Step.GO);
    fresh.remove(1);
    assertThat(next(TWO, BOTH, true)).isEqualTo(Leaving.Step.GO);
  }

  @Test
  void of_two_it_gives_its_vote_once_the_other_serves_and_tells_it_until_it_has_it() {
    assertThat(next(TWO, BOTH, true)).isEqualTo(Leaving.Step.WAIT);
    assertThat(next(TWO, epoch(false, new Part(1, B)), true)).isEqualTo(Leaving.Step.WAIT);
    assertThat(next(TWO, epoch(true, new Part(1, B)), true)).isEqualTo(Leaving.Step.GIVE_VOTE);

    fresh.put(0, report(2));
    assertThat(Leaving.next(TWO, A, 2, fresh, null, false)).isEqualTo(Leaving.Step.TELL_VOTE);
    fresh.put(1, report(2));
    assertThat(Leaving.next(TWO, A, 2, fresh, null, false)).isEqualTo(Leaving.Step.GO);
  }

  private Leaving.Step next(Seats seats, @Nullable Epoch epoch, boolean leads) {
    return Leaving.next(seats, A, 1, fresh, epoch, leads);
  }

  private static Epoch epoch(boolean serves, Part... parts) {
    return new Epoch(3, List.of(parts), Set.of(A, B), serves, false);
  }

  private static Report report(int generation) {
    return new Report(
        0,
        generation,
        0,
        0,
        0,
        UUID.randomUUID(),
        Instance.Stage.RUNNING,
        List.of(),
        0,
        false,
        false,
        false);
  }
}
