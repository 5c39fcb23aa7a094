package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether broken rules are found: each flaw of {@link Flaws} is one place of the model changed, and
 * a history must tell the flawed model from the right one. The callers take turns here, so a flaw
 * is found by the same history whenever this runs. In a short run every fourth flaw is tried, all
 * of them in the profile {@code long}.
 */
class FlawsTest {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  /** So many histories a flaw may take to be found. */
  private static final int HISTORIES = 300;

  private static final int CALLS_EACH = 50;

  /** What the right model answers: the histories with the seeds from 1 on, as far as needed. */
  private static final List<List<Made>> RIGHT = new ArrayList<>();

  static Stream<Flaw> flaws() {
    List<Flaw> all = Flaws.ALL;
    return IntStream.range(0, all.size()).filter(i -> LONG || i % 4 == 1).mapToObj(all::get);
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void finds_it(Flaw flaw) {
    FlawedModel flawed = new FlawedModel(flaw);
    int seed = 1;
    while (seed <= HISTORIES && same(seed, flawed)) {
      seed++;
    }
    if (LONG) {
      System.out.printf("%4d histories: %s%n", seed, flaw);
    }
    assertThat(seed).as("histories until \"%s\" was found", flaw).isLessThanOrEqualTo(HISTORIES);
  }

  @Test
  void each_stands_in_the_rules() throws IOException {
    String rules = Files.readString(Path.of("../../docs/rules.md")).replaceAll("\\s+", " ");
    assertThat(Flaws.ALL)
        .extracting(Flaw::name)
        .allSatisfy(name -> assertThat(rules).contains(name));
  }

  private static boolean same(int seed, FlawedModel flawed) {
    Rules rules = Limits.of(seed);
    MovableClock clock = new MovableClock();
    QueueBackend backend = flawed.open(rules, clock);
    try (Side side = new Side(backend, clock, "history", backend::close)) {
      return right(seed).stream().allMatch(made -> side.make(made.step()).equals(made.answer()));
    }
  }

  private static List<Made> right(int seed) {
    while (RIGHT.size() < seed) {
      long next = RIGHT.size() + 1;
      try (Side side = Side.model(Limits.of(next))) {
        History history = new History(next, side, CALLS_EACH);
        history.inTurns();
        RIGHT.add(history.segments().stream().flatMap(part -> part.made().stream()).toList());
      }
    }
    return RIGHT.get(seed - 1);
  }
}
