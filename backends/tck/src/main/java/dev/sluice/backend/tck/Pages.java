package dev.sluice.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads lists page by page, with cursors as text, as the service does. */
public final class Pages {

  public interface Reader<T> {
    Page<T> read(@Nullable Cursor cursor, int limit);
  }

  private Pages() {}

  public static <T> List<T> all(int limit, Reader<T> reader) {
    List<T> entries = new ArrayList<>();
    Cursor cursor = null;
    do {
      Page<T> page = reader.read(cursor, limit);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      entries.addAll(page.items());
      Cursor next = page.next();
      if (next != null) {
        assertThat(next).as("where the next page goes on").isNotEqualTo(cursor);
      }
      cursor = next == null ? null : Cursor.parse(next.text());
    } while (cursor != null);
    return entries;
  }

  public static <T> List<Integer> sizes(int limit, Reader<T> reader) {
    List<Integer> sizes = new ArrayList<>();
    Cursor cursor = null;
    do {
      Page<T> page = reader.read(cursor, limit);
      sizes.add(page.items().size());
      cursor = page.next();
    } while (cursor != null);
    return sizes;
  }
}
