package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.MovableClock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a message in two transports at once is seen in the answers alone. */
class TransportsTest {

  private static final int HISTORIES = 60;
  private static final int CALLS_EACH = 50;

  static Stream<Flaw> flaws() {
    Flaw offeredAgain =
        new Flaw(
            "what a poll has offered is offered again at once",
            "Offers",
            "offered.add(chosen.offer(org));",
            "offered.add(chosen.message);");
    Flaw early =
        new Flaw(
            "a refresh brings what a poll has offered",
            "Refreshes",
            ".filter(unacked -> unacked.hiddenUntil <= org.now)",
            "");
    return Stream.concat(
        Stream.of(offeredAgain, early),
        FlawsOfClients.ALL.stream().filter(TransportsTest::leadsToTwo));
  }

  private static boolean leadsToTwo(Flaw flaw) {
    return flaw.name().equals("a Go daemon's poll brings messages")
        || flaw.name().equals("a message that a refresh brought isn't hidden");
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void it_is_seen(Flaw flaw) {
    FlawedModel flawed = new FlawedModel(flaw);
    int seed = 1;
    while (seed <= HISTORIES && problem(seed, flawed) == null) {
      seed++;
    }
    assertThat(seed).as("histories until \"%s\" was seen", flaw).isLessThanOrEqualTo(HISTORIES);
  }

  @Test
  void the_model_never_has_one_in_two() {
    for (int seed = 1; seed <= 20; seed++) {
      Rules rules = Limits.of(seed);
      try (Side side = Side.model(rules)) {
        assertThat(problem(seed, side)).as("seed %s", seed).isNull();
      }
    }
  }

  private static @Nullable String problem(int seed, FlawedModel flawed) {
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
    return Transports.problem(made, Limits.of(seed).visibilityMs());
  }
}
