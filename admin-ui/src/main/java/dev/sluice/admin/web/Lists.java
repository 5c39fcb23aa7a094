package dev.sluice.admin.web;

import dev.sluice.admin.view.Pager;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

public final class Lists {

  public static final int SIZE = 50;

  private Lists() {}

  /**
   * Returns null for the first page.
   *
   * @throws dev.sluice.backend.RefusedException for an invalid cursor
   */
  public static @Nullable Cursor cursor(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Cursor.parse(text);
  }

  /**
   * @param at this page's cursor
   * @param link address at a cursor; null for the first page
   */
  public static Pager pager(
      @Nullable Cursor at, Page<?> page, Function<@Nullable String, String> link) {
    Cursor next = page.next();
    return new Pager(
        at == null ? null : link.apply(null), next == null ? null : link.apply(next.text()));
  }
}
