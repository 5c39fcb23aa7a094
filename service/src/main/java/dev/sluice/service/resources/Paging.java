package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** How much of a list is asked for. */
public final class Paging {

  /** Entries of a page of sessions with what they came to, unless more are asked for. */
  public static final int SESSIONS = 100;

  private Paging() {}

  /**
   * Reads a number behind which a list goes on: 0, for all of it, where it is missing.
   *
   * @param name of the field or parameter
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
   * Reads the parameter {@code cursor}: null, for the beginning, where it is missing.
   *
   * @throws dev.sluice.backend.RefusedException 400
   */
  public static @Nullable Cursor cursor(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Cursor.parse(text);
  }

  /** A cursor for the caller; null at the end. */
  public static @Nullable String text(@Nullable Cursor next) {
    return next == null ? null : next.text();
  }

  /**
   * Reads the parameter {@code limit}: {@value Page#MAX} where it is missing.
   *
   * @throws ApiException 400
   */
  public static int limit(@Nullable String text) {
    return limit(text, Page.MAX);
  }

  /** The same, where a page is smaller unless more is asked for. */
  public static int limit(@Nullable String text, int ifMissing) {
    return WholeNumber.parameter("limit", text, 1, Page.MAX, ifMissing);
  }
}
