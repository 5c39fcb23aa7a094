package dev.sluice.admin.web;

import dev.sluice.admin.view.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The way from one text of a page to the next: {@code {"parts":[...]}}. A part is new text, or the
 * pieces {@code [from, to]} of the text before. A piece begins at each {@code <}.
 */
final class PagePatch {

  private static final int NONE = -1;

  private final String[] before;
  private final List<String> after;
  private final Map<String, NavigableSet<Integer>> places = new HashMap<>();
  private final List<Object> parts = new ArrayList<>();

  private PagePatch(String before, String after) {
    this.before = pieces(before);
    this.after = Arrays.asList(pieces(after));
    for (int i = 0; i < this.before.length; i++) {
      places.computeIfAbsent(this.before[i], piece -> new TreeSet<>()).add(i);
    }
  }

  static String of(String before, String after) {
    return JsonText.object("parts", new PagePatch(before, after).parts());
  }

  private static String[] pieces(String text) {
    return text.split("(?=<)");
  }

  private List<Object> parts() {
    int next = 0;
    int i = 0;
    while (i < after.size()) {
      int begin = i;
      int from = NONE;
      while (i < after.size() && from == NONE) {
        from = place(i, next);
        if (from == NONE) {
          next += isReplaced(i, next) ? 1 : 0;
          i++;
        }
      }
      if (begin < i) {
        parts.add(String.join("", after.subList(begin, i)));
      }
      if (from != NONE) {
        next = from;
        while (i < after.size() && isAt(i, next)) {
          next++;
          i++;
        }
        parts.add(new int[] {from, next});
      }
    }
    return parts;
  }

  /** Returns the place of a piece in the text before, if possible from the given one on. */
  private int place(int i, int from) {
    NavigableSet<Integer> all = places.get(after.get(i));
    if (isAt(i, from)) {
      return from;
    }
    if (all == null || isReplaced(i, from)) {
      return NONE;
    }
    Integer ahead = all.ceiling(from);
    return ahead == null ? all.first() : ahead;
  }

  /** True if the text goes on behind this piece as before. */
  private boolean isReplaced(int i, int place) {
    return i + 1 < after.size() && isAt(i + 1, place + 1);
  }

  private boolean isAt(int i, int place) {
    return place < before.length && before[place].equals(after.get(i));
  }
}
