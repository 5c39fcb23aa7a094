package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {

  private final FlawedEngine flawed = new FlawedEngine(Flaws.FIELDS_FORGOTTEN);

  @Test
  void names_the_seed_the_first_difference_and_the_few_calls_that_are_enough() {
    long seed = 0;
    Difference difference = null;
    while (difference == null) {
      difference = difference(++seed);
    }

    String words = new Failure(seed, Limits.of(seed), this::open).words(difference);

    assertThat(words)
        .contains("-Dsluice.history.seed=" + seed + ": answered differently")
        .contains("these are enough")
        .contains("where the engine answers");
    assertThat(difference.before()).hasSizeGreaterThan(10);
    String enough = words.substring(words.indexOf("these are enough"));
    assertThat(enough.lines().filter(line -> line.startsWith("      = "))).hasSizeLessThan(10);
  }

  private Difference difference(long seed) {
    Rules rules = Limits.of(seed);
    MovableClock clock = new MovableClock();
    try (BackendUnderTest under = open(rules, clock)) {
      History history = new History(seed, Side.of(under, clock), 25);
      history.inTurns();
      return new Replay(() -> Side.engine(rules)).check(history.segments());
    }
  }

  private BackendUnderTest open(Rules rules, MovableClock clock) {
    QueueBackend backend = flawed.open(rules, clock);
    return new BackendUnderTest() {
      @Override
      public QueueBackend backend() {
        return backend;
      }

      @Override
      public void damage(String org, String sessionId) {}

      @Override
      public List<String> leftovers(String org) {
        return List.of();
      }

      @Override
      public void close() {
        backend.close();
      }
    };
  }
}
