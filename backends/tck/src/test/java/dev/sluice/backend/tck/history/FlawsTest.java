package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.MovableClock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether broken rules are found: each flaw of {@link Flaws} is one place of the model changed, and
 * histories must tell the flawed model from the right one. Their callers take turns, so each finds
 * the same whenever it runs. In a short run every fourth flaw is tried, all of them in the profile
 * {@code long}.
 */
class FlawsTest {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  /** So many histories a flaw may take to be found. */
  private static final int HISTORIES = 100;

  private static final int CALLS_EACH = 40;

  static Stream<Flaw> flaws() {
    List<Flaw> all = Flaws.ALL;
    return IntStream.range(0, all.size()).filter(i -> LONG || i % 4 == 0).mapToObj(all::get);
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void finds_it(Flaw flaw) {
    FlawedModel flawed = new FlawedModel(flaw);
    int tried = 1;
    while (tried <= HISTORIES && same(tried, flawed)) {
      tried++;
    }
    System.out.printf("%4d histories: %s%n", tried, flaw);
    assertThat(tried).as("histories until \"%s\" was found", flaw).isLessThanOrEqualTo(HISTORIES);
  }

  private static boolean same(long seed, FlawedModel flawed) {
    Rules rules = Limits.of(seed);
    MovableClock clock = new MovableClock();
    QueueBackend backend = flawed.open(rules, clock);
    try (Side side = new Side(backend, clock, "history", backend::close)) {
      History history = new History(seed, side, CALLS_EACH);
      history.inTurns();
      return new Replay(() -> Side.model(rules)).check(history.segments()) == null;
    }
  }
}
