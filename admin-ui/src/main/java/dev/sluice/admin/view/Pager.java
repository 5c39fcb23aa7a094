package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * Lists only go forward.
 *
 * @param first null on the first page
 * @param next null on the last page
 */
public record Pager(@Nullable String first, @Nullable String next) {

  public boolean any() {
    return first != null || next != null;
  }
}
