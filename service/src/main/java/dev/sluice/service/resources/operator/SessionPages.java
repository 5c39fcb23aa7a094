package dev.sluice.service.resources.operator;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One list of claimed sessions, the oldest claim first, followed by ended sessions, the latest end
 * first. The first letter of a cursor names the part; the letter of the second part alone means its
 * beginning.
 *
 * <p>A session that ends between two pages may appear in both parts.
 */
final class SessionPages {

  private static final String CLAIMED = "c";
  private static final String ENDED = "e";

  private final Sessions sessions;
  private final String org;

  SessionPages(Sessions sessions, String org) {
    this.sessions = sessions;
    this.org = org;
  }

  /** The cursor is null at the end. */
  record Both(List<Session> sessions, @Nullable String next) {}

  Both page(@Nullable String cursor, int limit) {
    if (cursor == null || cursor.isEmpty()) {
      return claimed(null, limit);
    }
    if (cursor.equals(ENDED)) {
      return ended(List.of(), null, limit);
    }
    if (cursor.startsWith(CLAIMED)) {
      return claimed(Cursor.parse(cursor.substring(1)), limit);
    }
    if (cursor.startsWith(ENDED)) {
      return ended(List.of(), Cursor.parse(cursor.substring(1)), limit);
    }
    throw Cursor.bad();
  }

  private Both claimed(@Nullable Cursor cursor, int limit) {
    Page<Session> page = sessions.list(org, Place.CLAIMED, cursor, limit);
    Cursor next = page.next();
    if (next != null) {
      return new Both(page.items(), CLAIMED + next.text());
    }
    int left = limit - page.items().size();
    if (left > 0) {
      return ended(page.items(), null, left);
    }
    Both first = ended(List.of(), null, 1);
    boolean more = !first.sessions().isEmpty() || first.next() != null;
    return new Both(page.items(), more ? ENDED : null);
  }

  private Both ended(List<Session> before, @Nullable Cursor cursor, int limit) {
    Page<Session> page = sessions.list(org, Place.ENDED, cursor, limit);
    List<Session> all = new ArrayList<>(before);
    all.addAll(page.items());
    Cursor next = page.next();
    return new Both(all, next == null ? null : ENDED + next.text());
  }
}
