package dev.sluice.service.resources;

import dev.sluice.backend.Page;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** How much of a list is asked for. */
final class Paging {

  private Paging() {}

  /**
   * Reads the parameter {@code limit}: {@value Page#MAX} where it is missing.
   *
   * @throws ApiException 400
   */
  static int limit(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Page.MAX;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= Page.MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw ApiException.invalid("limit", "must be a whole number from 1 to " + Page.MAX);
  }
}
