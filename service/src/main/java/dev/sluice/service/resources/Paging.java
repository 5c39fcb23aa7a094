package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

public final class Paging {

  public static final int SESSIONS = 100;

  private Paging() {}

  /**
   * Reads a number to continue after; 0 if absent.
   *
   * @throws ApiException 400
   */
  public static long after(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    try {
      long after = Long.parseLong(text);
      if (after >= 0) {
        return after;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw ApiException.invalid(name, "is not one of this server");
  }

  /**
   * Reads the parameter {@code cursor}; null if absent.
   *
   * @throws dev.sluice.backend.RefusedException 400
   */
  public static @Nullable Cursor cursor(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Cursor.parse(text);
  }

  public static @Nullable String text(@Nullable Cursor next) {
    return next == null ? null : next.text();
  }

  /**
   * Reads the parameter {@code limit}; default {@value Page#MAX}.
   *
   * @throws ApiException 400
   */
  public static int limit(@Nullable String text) {
    return limit(text, Page.MAX);
  }

  public static int limit(@Nullable String text, int ifMissing) {
    return WholeNumber.parameter("limit", text, 1, Page.MAX, ifMissing);
  }
}
