package dev.sluice.backend.engine.read;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param entries without unreadable ones
 * @param next null at the end
 */
public record ListedSessions(List<Entry> entries, @Nullable Cursor next) {

  /**
   * @param session null if moved out
   * @param moved null if in the state
   * @param key cursor behind this entry
   */
  public record Entry(
      @Nullable PositionedSession session, @Nullable MovedSession moved, Cursor key) {}

  static ListedSessions of(ReadStep step, KeyedPage page) {
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
          return new ListedSessions(entries, entries.get(entries.size() - 1).key());
        }
        entries.add(new Entry(step.view(session), null, key));
      }
    }
    return new ListedSessions(entries, page.next());
  }
}
