package dev.sluice.backend.tck.history;

import dev.sluice.backend.SweepResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the calls of a history in order and makes them one by one of the engine.
 *
 * <p>What was made alone keeps its order. What was made together is ordered by sequence number: of
 * the calls that were answered one number, one changed something, and comes first; the others saw
 * what it left. Which one it was the engine says: another one doesn't fit there. A number that no
 * answer carries belongs to a sweep, or to a call whose answer got lost. A sweep that found nothing
 * may have come at any time; what it should have found, the one after the calls finds.
 */
final class Replay {

  private final Supplier<Side> engines;
  private Side engine;

  /** The calls made to the engine so far. */
  private final List<Made> order = new ArrayList<>();

  /**
   * @param engines opens an empty engine
   */
  Replay(Supplier<Side> engines) {
    this.engines = engines;
    engine = engines.get();
  }

  /** The first difference, or null if there is none. */
  @Nullable Difference check(List<History.Segment> history) {
    try {
      for (int i = 0; i < history.size(); i++) {
        History.Segment segment = history.get(i);
        Difference difference =
            segment.together()
                ? together(segment.made(), history.get(i + 1).made().get(0))
                : alone(segment.made());
        if (difference != null) {
          return difference;
        }
      }
      return null;
    } finally {
      engine.close();
    }
  }

  /** All steps in the order in which they were made of the engine. */
  List<Made> order() {
    return List.copyOf(order);
  }

  private @Nullable Difference alone(List<Made> all) {
    for (Made made : all) {
      HistoryAnswer expected = engine.make(made.step());
      if (!expected.equals(made.answer())) {
        return new Difference(order, made, expected, "answered differently");
      }
      order.add(made);
    }
    return null;
  }

  /**
   * @param after what was first made after them: a look at the counts
   */
  private @Nullable Difference together(List<Made> all, Made after) {
    TreeMap<Long, List<Made>> byNumber = new TreeMap<>();
    List<Made> unnumbered = new ArrayList<>();
    for (Made made : all) {
      if (made.answer().failed()) {
        return new Difference(order, made, engine.make(made.step()), "failed");
      } else if (!made.answer().numbered()) {
        unnumbered.add(made);
      } else if (made.answer().seq() < made.atLeast()) {
        return new Difference(
            order,
            made,
            new HistoryAnswer(made.atLeast(), "at least this number"),
            "a later number had been answered before it was made");
      } else {
        byNumber.computeIfAbsent(made.answer().seq(), n -> new ArrayList<>()).add(made);
      }
    }
    long first = engine.seq();
    long last = byNumber.isEmpty() ? first : byNumber.lastKey();
    last = Math.max(last, after.answer().seq());
    Difference difference = unchanged(byNumber.getOrDefault(first, List.of()));
    for (long number = first + 1; number <= last && difference == null; number++) {
      difference = number(number, byNumber.getOrDefault(number, List.of()), unnumbered, after);
    }
    return difference != null ? difference : leftOver(unnumbered, byNumber.headMap(first), after);
  }

  /** A change and those that saw what it left. */
  private @Nullable Difference number(
      long number, List<Made> answered, List<Made> unnumbered, Made after) {
    Difference closest = null;
    boolean found = false;
    int before = order.size();
    for (Made change : answered) {
      if (((Call) change.step()).read()) {
        continue;
      }
      List<Made> others = new ArrayList<>(answered);
      others.remove(change); // or one that is the same in every way
      Difference difference = first(change, number);
      if (difference == null) {
        difference = unchanged(others);
        if (difference == null) {
          return null;
        }
        order.subList(before, order.size()).clear();
        rebuild();
        closest = difference;
        found = true;
      } else if (closest == null || (!found && difference.expected().seq() == number)) {
        closest = difference;
      }
    }
    for (Iterator<Made> each = unnumbered.iterator(); each.hasNext(); ) {
      Made change = each.next();
      if (fits(change, number)) {
        each.remove();
        return unchanged(answered);
      }
    }
    return closest != null
        ? closest.among(answered)
        : new Difference(
            order, after, new HistoryAnswer(number, "no call that took it"), "a number is missing");
  }

  /** Makes it of the engine if it is what took the number there; else the engine is as before. */
  private @Nullable Difference first(Made change, long number) {
    HistoryAnswer expected = engine.make(change.step());
    if (expected.equals(change.answer())) {
      order.add(change);
      return null;
    }
    List<Made> before = List.copyOf(order);
    if (expected.seq() == number) {
      rebuild();
    }
    return new Difference(before, change, expected, "answered differently");
  }

  /** Checks a call without a number: a sweep, or a call whose answer got lost. */
  private boolean fits(Made change, long number) {
    HistoryAnswer expected = engine.make(change.step());
    boolean same = change.answer().equals(HistoryAnswer.LOST) || expected.equals(change.answer());
    if (engine.seq() != number) {
      return false;
    }
    if (!same) {
      rebuild();
      return false;
    }
    order.add(change);
    return true;
  }

  private @Nullable Difference unchanged(List<Made> all) {
    for (Made made : all) {
      HistoryAnswer expected = engine.make(made.step());
      if (!expected.equals(made.answer())) {
        return new Difference(order, made, expected, "answered differently");
      }
      order.add(made);
    }
    return null;
  }

  private @Nullable Difference leftOver(
      List<Made> unnumbered, Map<Long, List<Made>> old, Made after) {
    for (Made made : unnumbered) {
      if (made.answer().value() instanceof SweepResult result && result.changed()) {
        return new Difference(order, made, new HistoryAnswer(engine.seq(), "nothing due"), "swept");
      }
    }
    for (List<Made> answered : old.values()) {
      HistoryAnswer now = new HistoryAnswer(after.answer().seq(), "the number of the last change");
      return new Difference(order, answered.get(0), now, "an old number");
    }
    return null;
  }

  /** Replays the order on a new engine. */
  private void rebuild() {
    engine.close();
    engine = engines.get();
    order.forEach(made -> engine.make(made.step()));
  }
}
