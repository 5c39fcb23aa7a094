package dev.sluice.backend.engine.read;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of sessions.
 *
 * @param entries in the order of the list, without those whose record can't be read
 * @param next where to go on; null at the end
 */
public record SessionPage(List<Entry> entries, @Nullable Cursor next) {

  /**
   * A session in the state, or where its record is.
   *
   * @param session null if its record has moved out
   * @param moved null if it has not
   * @param key where the list goes on behind it
   */
  public record Entry(@Nullable SessionAnswer session, @Nullable MovedSession moved, Cursor key) {}

  static SessionPage of(ReadStep step, KeyedPage page) {
    List<Entry> entries = new ArrayList<>(page.ids().size());
    long bytes = 0;
    for (Cursor key : page.keys()) {
      if (step.state().session(key.name()) instanceof MovedSession moved) {
        entries.add(new Entry(null, moved, key));
        continue;
      }
      SessionRecord session = step.indexed(key.name());
      if (session != null) {
        bytes += session.fieldBytes();
        if (!entries.isEmpty() && bytes > Page.MAX_BYTES) {
          return new SessionPage(entries, entries.get(entries.size() - 1).key());
        }
        entries.add(new Entry(step.view(session), null, key));
      }
    }
    return new SessionPage(entries, page.next());
  }
}
