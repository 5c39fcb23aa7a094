package dev.sluice.backend.tck.history;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;

/** Describes a failed history with few calls. */
final class Failure {

  /** Limited, since shortening is slow. */
  private static final AtomicInteger TO_SHORTEN = new AtomicInteger(4);

  private static final long SHORTENING_S = 15;
  private static final int LAST = 40;
  private static final Step ENGINE =
      new Call(
          "where the engine answers", null, true, (store, org, ids) -> HistoryAnswer.LOST, null);

  interface Opener {
    BackendUnderTest open(Rules rules, MovableClock clock);
  }

  private final long seed;
  private final Rules rules;
  private final Opener opener;

  private List<Made> lastTried = new ArrayList<>();

  Failure(long seed, Rules rules, Opener opener) {
    this.seed = seed;
    this.rules = rules;
    this.opener = opener;
  }

  String words(Difference difference) {
    List<Made> steps = new ArrayList<>(difference.before());
    steps.add(difference.made());
    return words(difference.text(), steps, 1, least -> again(least, (under, side) -> -1));
  }

  /**
   * @param clearing number of last steps that end everything
   */
  String words(List<String> leftovers, List<Made> order, int clearing) {
    return words(
        "left in the store when all is over: " + leftovers,
        order,
        clearing,
        steps ->
            again(
                steps,
                (under, side) -> under.leftovers(side.org()).isEmpty() ? -1 : steps.size() - 1));
  }

  private String words(String what, List<Made> steps, int kept, Shortener.Trial trial) {
    StringBuilder words = new StringBuilder("history with -Dsluice.history.seed=").append(seed);
    words.append(": ").append(what);
    List<Made> least =
        TO_SHORTEN.getAndDecrement() > 0
            ? new Shortener(trial, SHORTENING_S).shorten(steps, kept)
            : List.of();
    if (least.isEmpty()) {
      words.append("\nnot found (or not looked for) one call after the other; the last calls:\n");
      least = steps.subList(Math.max(0, steps.size() - LAST), steps.size());
    } else {
      words.append("\none call after the other, with ").append(rules);
      words.append(", these are enough, and answer then:\n");
      trial.failsAt(least);
      least = lastTried;
    }
    return words.append(lines(least)).toString();
  }

  private static String lines(List<Made> made) {
    return made.stream()
        .map(each -> "  " + each.text() + "\n      = " + each.answer())
        .collect(Collectors.joining("\n"));
  }

  private int again(List<Made> steps, ToIntBiFunction<BackendUnderTest, Side> atTheEnd) {
    MovableClock clock = new MovableClock();
    try (BackendUnderTest under = opener.open(rules, clock);
        Side backend = Side.of(under, clock);
        Side engine = Side.engine(rules)) {
      Ids ids = new Ids();
      lastTried = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        Made made = steps.get(i);
        HistoryAnswer expected = engine.make(made.step(), ids);
        HistoryAnswer answer = backend.make(made.step(), ids);
        lastTried.add(new Made(made.caller(), made.step(), answer, made.atLeast()));
        if (!answer.equals(expected)) {
          lastTried.add(new Made(0, ENGINE, expected, 0));
          return i;
        }
        ids.learn(made.answer().value(), expected.value());
      }
      return atTheEnd.applyAsInt(under, backend);
    }
  }
}
