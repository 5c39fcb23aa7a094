package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of many callers at once: docs/rules.md, "Histories".
 *
 * <p>Each history is a test with its seed in its name. The calls of a seed depend on what is
 * answered too, so a history of threads repeats only roughly; what a failure prints, repeats.
 * System properties:
 *
 * <ul>
 *   <li>{@code sluice.history.seed}: the first seed, 1 unless told
 *   <li>{@code sluice.history.count}: how many histories; 30, in the profile {@code long} 1,000; 1
 *       where a seed is told
 *   <li>{@code sluice.history.calls}: how many calls a caller makes; 25, in the profile {@code
 *       long} 200
 *   <li>{@code sluice.golden.seed}: the only golden history to be played, and written to {@code
 *       target}
 *   <li>{@code sluice.golden.write}: {@code true} to remake the golden histories
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HistoryContract {

  protected static final int GOLDEN_STEP = 37;

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final @Nullable Long GOLDEN_SEED = Long.getLong("sluice.golden.seed");

  /**
   * Opens an empty backend, as in {@link dev.sluice.backend.tck.contract.QueueBackendContract}, but
   * several times a test.
   */
  protected abstract BackendUnderTest open(Rules rules, MovableClock clock);

  static LongStream seeds() {
    Long seed = Long.getLong("sluice.history.seed");
    long first = seed == null ? 1 : seed;
    long count = Long.getLong("sluice.history.count", seed != null ? 1 : LONG ? 1_000 : 30);
    return LongStream.range(first, first + count);
  }

  protected LongStream goldenSeeds() {
    return oneGoldenIn(GOLDEN_STEP);
  }

  /** Returns all seeds in the profile {@code long}. */
  protected static LongStream oneGoldenIn(int step) {
    if (GOLDEN_SEED != null) {
      return LongStream.of(GOLDEN_SEED);
    }
    return LongStream.iterate(
        1, each -> each <= Golden.HISTORIES, each -> each + (LONG ? 1 : step));
  }

  private static int callsEach() {
    return Integer.getInteger("sluice.history.calls", LONG ? 200 : 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Timeout(300)
  void answers_as_the_engine_does_in_the_order_of_sequence_numbers(long seed) {
    Rules rules = Limits.of(seed);
    MovableClock clock = new MovableClock();
    History history;
    List<String> leftovers;
    Map<FigureDimension, List<FigureBucket>> figures;
    Map<String, List<LoggedEvent>> events;
    try (BackendUnderTest under = open(rules, clock);
        Side side = Side.of(under, clock)) {
      history = history(seed, under, side, callsEach());
      history.together();
      leftovers = under.leftovers(side.org());
      figures = side.figures();
      events = side.events();
    }
    Replay replay = new Replay(() -> Side.engine(rules));
    Difference difference = replay.check(history.segments());
    Failure failure = new Failure(seed, rules, this::open);
    if (difference != null) {
      throw new AssertionError(failure.words(difference));
    }
    assertThat(figures).as("figures, seed %s", seed).isEqualTo(replay.figures());
    assertThat(events).as("event log, seed %s", seed).isNotEmpty().isEqualTo(replay.events());
    String twice = Twice.problem(replay.order(), rules.visibilityMs());
    if (twice != null) {
      throw new AssertionError("history with -Dsluice.history.seed=" + seed + ": " + twice);
    }
    if (!leftovers.isEmpty()) {
      throw new AssertionError(failure.words(leftovers, replay.order(), history.clearing()));
    }
  }

  @ParameterizedTest(name = "golden seed {0}")
  @MethodSource("goldenSeeds")
  @Timeout(60)
  void answers_as_was_written_down(long seed) throws IOException {
    List<Made> made = inTurns(seed, UnaryOperator.identity());
    if (GOLDEN_SEED != null) {
      Path text = Path.of("target", "golden-" + seed + ".txt");
      Files.write(
          text,
          IntStream.range(0, made.size()).mapToObj(i -> Golden.line(i, made.get(i))).toList());
    }
    assertAsWrittenDown(seed, made);
  }

  /** In each interlude the org moves to the engine in memory, and from there to a new org. */
  @ParameterizedTest(name = "golden seed {0}, moving")
  @MethodSource("goldenSeeds")
  @Timeout(60)
  void answers_as_was_written_down_while_the_org_moves(long seed) throws IOException {
    Rules rules = Limits.of(seed);
    assertAsWrittenDown(seed, inTurns(seed, side -> side.moved(rules)));
  }

  private static void assertAsWrittenDown(long seed, List<Made> made) throws IOException {
    String difference = Golden.read(seed).difference(made);
    assertThat(difference).as("golden history with -Dsluice.golden.seed=%s", seed).isNull();
  }

  @Test
  @EnabledIfSystemProperty(
      named = "sluice.golden.write",
      matches = "true",
      disabledReason = "it replaces what other tests compare with")
  void writes_golden_histories() throws IOException {
    Golden.write(
        LongStream.rangeClosed(1, Golden.HISTORIES)
            .mapToObj(seed -> Golden.of(inTurns(seed, UnaryOperator.identity()))));
  }

  private List<Made> inTurns(long seed, UnaryOperator<Side> move) {
    MovableClock clock = new MovableClock();
    try (BackendUnderTest under = open(Limits.of(seed), clock);
        Side side = Side.of(under, clock)) {
      History history = history(seed, under, side, Golden.CALLS_EACH).movingBy(move);
      history.inTurns();
      return history.segments().stream().flatMap(part -> part.made().stream()).toList();
    }
  }

  private static History history(long seed, BackendUnderTest under, Side side, int callsEach) {
    return new History(seed, side, callsEach)
        .lookingBy(
            where ->
                assertThat(under.contradictions(where.org()))
                    .as("indexes that don't follow from their records, seed %s", seed)
                    .isEmpty());
  }
}
