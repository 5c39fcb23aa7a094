package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {

  static List<Flaw> flaws() {
    return Flaws.AT_ONCE;
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void finds_a_flaw_among_callers_at_once(Flaw flaw) {
    FlawedEngine flawed = new FlawedEngine(flaw);
    Difference found = null;
    for (long seed = 1; seed <= 200 && found == null; seed++) {
      found = difference(seed, flawed);
    }
    assertThat(found).isNotNull();
    assertThat(found.text()).contains("backend: ", "engine: ");
  }

  private static @Nullable Difference difference(long seed, FlawedEngine flawed) {
    Rules rules = Limits.of(seed);
    MovableClock clock = new MovableClock();
    QueueBackend backend = flawed.open(rules, clock);
    try (Side side = new Side(backend, clock, "history", backend::close)) {
      History history = new History(seed, side, 25);
      history.together();
      return new Replay(() -> Side.engine(rules)).check(history.segments());
    }
  }
}
