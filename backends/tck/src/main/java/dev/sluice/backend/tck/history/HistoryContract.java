package dev.sluice.backend.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.model.ModelBackend;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of many callers at once: each answer must be that of the model to the same calls
 * one after the other, in the order of their sequence numbers.
 *
 * <p>Each history is a test with its seed in its name. The calls of a seed depend on what is
 * answered too, so a history of threads repeats only roughly; what a failure prints, repeats.
 * System properties:
 *
 * <ul>
 *   <li>{@code sluice.history.seed}: the first seed, 1 unless told
 *   <li>{@code sluice.history.count}: how many histories; 30, in the profile {@code long} 1,000; 1
 *       where a seed is told
 *   <li>{@code sluice.history.calls}: how many calls a caller makes; 40, in the profile {@code
 *       long} 200
 * </ul>
 */
public abstract class HistoryContract {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  /** Shortening takes a while: so many failures of a run are made short, then no more. */
  private static final AtomicInteger TO_SHORTEN = new AtomicInteger(3);

  private static final long SHORTENING_S = 15;

  /**
   * Opens an empty backend with these rules, on this clock, as in {@link
   * dev.sluice.backend.tck.QueueBackendContract}; here several times a test.
   */
  protected abstract BackendUnderTest open(Rules rules, MovableClock clock);

  static LongStream seeds() {
    Long seed = Long.getLong("sluice.history.seed");
    long first = seed == null ? 1 : seed;
    long count = Long.getLong("sluice.history.count", seed != null ? 1 : LONG ? 1_000 : 30);
    return LongStream.range(first, first + count);
  }

  private static int callsEach() {
    return Integer.getInteger("sluice.history.calls", LONG ? 200 : 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Timeout(300)
  void answers_as_the_model_does_in_the_order_of_sequence_numbers(long seed) {
    Rules rules = Limits.of(seed);
    List<Segment> history;
    List<String> leftovers;
    MovableClock clock = new MovableClock();
    try (BackendUnderTest under = open(rules, clock)) {
      Side side = side(under, clock);
      history = new History(seed, side, callsEach()).together();
      leftovers = under.leftovers(side.org());
    }
    Difference difference = new Replay(() -> model(rules)).check(history);
    if (difference != null) {
      throw new AssertionError(report(seed, rules, difference));
    }
    assertThat(leftovers).as("what is left of the org after seed %s", seed).isEmpty();
  }

  private String report(long seed, Rules rules, Difference difference) {
    StringBuilder report = new StringBuilder("history with -Dsluice.history.seed=" + seed + ": ");
    report.append(difference.text());
    if (TO_SHORTEN.getAndDecrement() > 0) {
      Supplier<Side> backends = () -> backend(rules);
      List<Made> least =
          new Shortener(backends, () -> model(rules), SHORTENING_S).shorten(difference);
      report.append(
          least.isEmpty()
              ? "\none call after the other it doesn't differ; the last calls before it:\n"
              : "\none call after the other, with " + rules + ", these are enough:\n");
      report.append(lines(least.isEmpty() ? last(difference.before()) : least));
    } else {
      report.append("\nthe last calls before it:\n").append(lines(last(difference.before())));
    }
    return report.toString();
  }

  private static List<Made> last(List<Made> made) {
    return made.subList(Math.max(0, made.size() - 40), made.size());
  }

  private static String lines(List<Made> made) {
    return made.stream()
        .map(each -> "  " + each.text() + "\n      = " + each.answer())
        .collect(Collectors.joining("\n"));
  }

  private Side backend(Rules rules) {
    MovableClock clock = new MovableClock();
    BackendUnderTest under = open(rules, clock);
    return side(under, clock);
  }

  private static Side side(BackendUnderTest under, MovableClock clock) {
    return new Side(under.backend(), clock, "history-" + UUID.randomUUID(), under::close);
  }

  /** The model's org need not have the name of the backend's: no answer carries it. */
  static Side model(Rules rules) {
    MovableClock clock = new MovableClock();
    ModelBackend model = new ModelBackend(rules, clock);
    return new Side(model, clock, "history", model::close);
  }
}
