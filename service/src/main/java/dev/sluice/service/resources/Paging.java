package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

public final class Paging {

  public static final int SESSIONS = 100;

  private Paging() {}

  /** 0 if absent. */
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

  public static @Nullable Cursor cursor(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Cursor.parse(text);
  }

  public static @Nullable String text(@Nullable Cursor next) {
    return next == null ? null : next.text();
  }

  /** Default {@value Page#MAX}. */
  public static int limit(@Nullable String text) {
    return limit(text, Page.MAX);
  }

  public static int limit(@Nullable String text, int ifMissing) {
    return WholeNumber.parameter("limit", text, 1, Page.MAX, ifMissing);
  }
}
