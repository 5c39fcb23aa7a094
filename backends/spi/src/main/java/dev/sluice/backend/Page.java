package dev.sluice.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items maybe fewer than the limit although more follow: unreadable records are left out,
 *     and {@link #MAX_BYTES} bounds the size
 * @param next null at the end
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

  /** Maximum limit of a list; the minimum is 1. */
  public static final int MAX = 1_000;

  /**
   * About the maximum bytes of items, fields and texts, since callers hold several pages; a larger
   * entry is alone.
   */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Reads a whole list.
   *
   * @param read the page at a cursor; null for the first
   */
  public static <T> List<T> all(Function<@Nullable Cursor, Page<T>> read) {
    List<T> all = new ArrayList<>();
    @Nullable Cursor cursor = null;
    do {
      Page<T> page = read.apply(cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }
}
