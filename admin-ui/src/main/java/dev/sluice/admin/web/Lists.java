package dev.sluice.admin.web;

import dev.sluice.admin.view.Pager;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What lists have in common. */
public final class Lists {

  /** Entries of a page. */
  public static final int SIZE = 50;

  private Lists() {}

  /**
   * The place in a list that an address names; null for its beginning.
   *
   * @throws dev.sluice.backend.RefusedException for one that is none of ours
   */
  public static @Nullable Cursor cursor(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Cursor.parse(text);
  }

  /**
   * The way on from a page of a list.
   *
   * @param at where this page began
   * @param link the list's address at a cursor, or at its beginning for null
   */
  public static Pager pager(
      @Nullable Cursor at, Page<?> page, Function<@Nullable String, String> link) {
    Cursor next = page.next();
    return new Pager(
        at == null ? null : link.apply(null), next == null ? null : link.apply(next.text()));
  }
}
