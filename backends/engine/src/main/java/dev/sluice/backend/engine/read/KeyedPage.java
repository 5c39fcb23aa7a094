package dev.sluice.backend.engine.read;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.engine.state.RankedSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param next null at the end
 */
record KeyedPage(List<Cursor> keys, @Nullable Cursor next) {

  static final KeyedPage EMPTY = new KeyedPage(List.of(), null);

  private static final Comparator<Cursor> ORDER =
      (a, b) -> RankedSet.compare(a.number(), a.name(), b.number(), b.name());

  List<String> ids() {
    return keys.stream().map(Cursor::name).toList();
  }

  static KeyedPage up(@Nullable RankedSet set, @Nullable Cursor after, int limit) {
    return set == null ? EMPTY : cut(keys(set, after, limit), limit);
  }

  /** A page of the entries with one number, by their ids. */
  static KeyedPage equal(RankedSet set, long number, @Nullable Cursor after, int limit) {
    List<Cursor> keys = new ArrayList<>();
    RankedSet.Visitor collect = collect(keys, limit);
    set.visitAfter(
        number,
        after == null ? "" : after.name(),
        (other, id) -> other == number && collect.visit(0, id));
    return cut(keys, limit);
  }

  static KeyedPage down(@Nullable RankedSet set, @Nullable Cursor after, int limit) {
    if (set == null) {
      return EMPTY;
    }
    List<Cursor> keys = new ArrayList<>();
    RankedSet.Visitor collect = collect(keys, limit);
    if (after == null) {
      set.visitDown(collect);
    } else {
      set.visitBefore(after.number(), after.name(), collect);
    }
    return cut(keys, limit);
  }

  static KeyedPage merged(List<RankedSet> sets, @Nullable Cursor after, int limit) {
    if (sets.size() == 1) {
      return up(sets.get(0), after, limit);
    }
    List<Cursor> keys = new ArrayList<>();
    for (RankedSet set : sets) {
      keys.addAll(keys(set, after, limit));
    }
    keys.sort(ORDER);
    return cut(keys, limit);
  }

  /** One more than the page, to see whether there are more. */
  private static List<Cursor> keys(RankedSet set, @Nullable Cursor after, int limit) {
    List<Cursor> keys = new ArrayList<>();
    RankedSet.Visitor collect = collect(keys, limit);
    if (after == null) {
      set.visit(collect);
    } else {
      set.visitAfter(after.number(), after.name(), collect);
    }
    return keys;
  }

  private static RankedSet.Visitor collect(List<Cursor> keys, int limit) {
    return (number, id) -> {
      keys.add(new Cursor(number, id));
      return keys.size() <= limit;
    };
  }

  private static KeyedPage cut(List<Cursor> keys, int limit) {
    List<Cursor> page = keys.subList(0, Math.min(limit, keys.size()));
    Cursor next = keys.size() > limit ? page.get(limit - 1) : null;
    return new KeyedPage(List.copyOf(page), next);
  }
}
