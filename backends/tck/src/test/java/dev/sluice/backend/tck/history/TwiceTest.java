package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TwiceTest {

  private static final int HISTORIES = 150;
  private static final int CALLS_EACH = 120;

  static List<Flaw> flaws() {
    return Flaws.TWICE;
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void it_is_seen(Flaw flaw) {
    FlawedEngine flawed = new FlawedEngine(flaw);
    int seed = 1;
    while (seed <= HISTORIES && problem(seed, flawed) == null) {
      seed++;
    }
    assertThat(seed).as("histories until \"%s\" was seen", flaw).isLessThanOrEqualTo(HISTORIES);
  }

  @Test
  void the_engine_has_nothing_in_two_places() {
    for (int seed = 1; seed <= 20; seed++) {
      Rules rules = Limits.of(seed);
      try (Side side = Side.engine(rules)) {
        assertThat(problem(seed, side)).as("seed %s", seed).isNull();
      }
    }
  }

  private static @Nullable String problem(int seed, FlawedEngine flawed) {
    MovableClock clock = new MovableClock();
    QueueBackend backend = flawed.open(Limits.of(seed), clock);
    try (Side side = new Side(backend, clock, "history", backend::close)) {
      return problem(seed, side);
    }
  }

  private static @Nullable String problem(int seed, Side side) {
    History history = new History(seed, side, CALLS_EACH);
    history.inTurns();
    List<Made> made = history.segments().stream().flatMap(part -> part.made().stream()).toList();
    return Twice.problem(made, Limits.of(seed).visibilityMs());
  }
}
