package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * Lists go forward only; the browser goes back.
 *
 * @param first null on the first page
 * @param next null on the last page
 */
public record Pager(@Nullable String first, @Nullable String next) {

  public boolean any() {
    return first != null || next != null;
  }
}
