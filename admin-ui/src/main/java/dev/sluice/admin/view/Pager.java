package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * The way through a list. Lists go forward only: the way back is the browser's.
 *
 * @param first the list's beginning; null on its first page
 * @param next its next page; null on its last
 */
public record Pager(@Nullable String first, @Nullable String next) {

  /** Whether there is anywhere to go. */
  public boolean any() {
    return first != null || next != null;
  }
}
