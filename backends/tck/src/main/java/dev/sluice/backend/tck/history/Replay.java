package dev.sluice.backend.tck.history;

import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.store.SweepResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Orders the calls of a history and repeats them one by one on the engine.
 *
 * <p>Calls made alone keep their order. Concurrent calls are ordered by sequence number: of the
 * calls with one number, one changed something and comes first; the others saw the result. The
 * engine tells which one: no other fits. A number without an answer belongs to a sweep or to a lost
 * answer. A sweep that found nothing may come at any time; what it should have found, the sweep
 * after the calls finds.
 */
final class Replay {

  private final Supplier<Side> engines;
  private Side engine;

  private final List<Made> order = new ArrayList<>();
  private Map<FigureDimension, List<FigureBucket>> figures = Map.of();
  private Map<String, List<LoggedEvent>> events = Map.of();

  /**
   * @param engines opens an empty engine
   */
  Replay(Supplier<Side> engines) {
    this.engines = engines;
    engine = engines.get();
  }

  /** Returns the first difference, or null. */
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
      figures = engine.figures();
      events = engine.events();
      return null;
    } finally {
      engine.close();
    }
  }

  /** Those of the engine after a history without a difference. */
  Map<FigureDimension, List<FigureBucket>> figures() {
    return figures;
  }

  /** Returns the events of the engine after a history without a difference. */
  Map<String, List<LoggedEvent>> events() {
    return events;
  }

  /** In the engine's order. */
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
   * @param after the next step: a look at the counts
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

  /** Checks a change and the calls that saw its result. */
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

  /** Makes the change with that number; otherwise leaves the engine as it was. */
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

  /** Checks a call without a number: a sweep, or a lost answer. */
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

  private void rebuild() {
    engine.close();
    engine = engines.get();
    order.forEach(made -> engine.make(made.step()));
  }
}
