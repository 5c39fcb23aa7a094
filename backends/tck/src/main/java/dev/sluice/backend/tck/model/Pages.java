package dev.sluice.backend.tck.model;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.Session;
import dev.sluice.backend.StoredBytes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists: docs/rules.md, "Lists". */
final class Pages {

  /** The order of the keys of most lists. */
  static final Comparator<Cursor> ASCENDING =
      Comparator.comparingLong(Cursor::number).thenComparing(Cursor::name, Names::compareBytes);

  /** The order where the latest comes first. */
  static final Comparator<Cursor> DESCENDING = ASCENDING.reversed();

  private Pages() {}

  /** A page of what is given in whatever order; each entry has a key of its own. */
  static <T> Page<T> page(
      Collection<T> entries,
      Function<T, Cursor> key,
      Comparator<Cursor> order,
      @Nullable Cursor after,
      int limit) {
    List<T> rest =
        entries.stream()
            .filter(entry -> after == null || order.compare(key.apply(entry), after) > 0)
            .sorted(Comparator.comparing(key, order))
            .toList();
    List<T> items = rest.subList(0, Math.min(limit, rest.size()));
    boolean more = rest.size() > items.size();
    return new Page<>(items, more ? key.apply(items.get(items.size() - 1)) : null);
  }

  /** The same page, each entry as it is shown. */
  static <T, V> Page<V> shown(Page<T> page, Function<T, V> view) {
    return new Page<>(page.items().stream().map(view).toList(), page.next());
  }

  /** The beginning of a page of sessions that holds no more than a page may. */
  static Page<ModelSession> bounded(
      Page<ModelSession> page, Function<ModelSession, Cursor> key, boolean withItems) {
    long bytes = 0;
    for (int i = 0; i < page.items().size(); i++) {
      ModelSession session = page.items().get(i);
      bytes += StoredBytes.ofFields(session.fields);
      bytes += withItems ? StoredBytes.of(session.work) : 0;
      if (i > 0 && bytes > Page.MAX_BYTES) {
        return new Page<>(page.items().subList(0, i), key.apply(page.items().get(i - 1)));
      }
    }
    return page;
  }

  /** A page of sessions; those that can't be read take their place in it but aren't shown. */
  static Page<Session> sessions(OrgState org, Page<ModelSession> page) {
    return shown(readable(page), org::view);
  }

  static Page<ModelSession> readable(Page<ModelSession> page) {
    return new Page<>(
        page.items().stream().filter(session -> !session.damaged).toList(), page.next());
  }
}
