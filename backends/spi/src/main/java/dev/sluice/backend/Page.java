package dev.sluice.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items its entries, in the order of the list. Entries whose record can't be read are left
 *     out, so there may be fewer than asked for although more follow.
 * @param next where to go on; null at the end
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

  /** Most entries of a page. */
  public static final int MAX = 1_000;

  public Page {
    items = List.copyOf(items);
  }
}
