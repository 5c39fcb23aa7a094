package dev.sluice.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items its entries, in the order of the list. Entries whose record can't be read are left
 *     out, so there may be fewer than asked for although more follow. So there may be where they
 *     are large, {@link #MAX_BYTES}.
 * @param next where to go on; null at the end
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

  /** Most entries of a page. */
  public static final int MAX = 1_000;

  /**
   * About so many bytes of items, fields and texts stand on a page, or one entry alone. Whoever
   * reads pages holds a few of them at once, whatever their entries hold.
   */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  public Page {
    items = List.copyOf(items);
  }
}
