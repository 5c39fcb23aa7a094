package dev.sluice.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in list order. There may be fewer than the limit although more follow: unreadable
 *     records are left out, and {@link #MAX_BYTES} bounds the size.
 * @param next cursor of the next page; null at the end
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

  /** Maximum number of entries: the limit of any list is 1 to this. */
  public static final int MAX = 1_000;

  /**
   * About the maximum bytes of items, fields and texts on a page; a larger entry is alone. Callers
   * hold several pages in memory.
   */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  public Page {
    items = List.copyOf(items);
  }
}
