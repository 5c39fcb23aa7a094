package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waiting work of a project, each with what says why it waits. */
public record ListStandings(String project, Place place, @Nullable Cursor after, int limit)
    implements ReadOperation<ListStandings.Answer> {

  /**
   * A page.
   *
   * @param next where to go on; null at the end
   */
  public record Answer(List<Entry> entries, @Nullable Cursor next, ProjectQueue queue) {}

  /** See {@link dev.sluice.backend.Standing}. */
  public record Entry(SessionView session, @Nullable String behind, boolean behindClaimed) {}

  @Override
  public Answer run(Step step) {
    KeyedPage page = ListWork.keys(step, project, place, after, limit);
    List<Entry> entries = new ArrayList<>(page.keys().size());
    @Nullable Cursor next = page.next();
    long bytes = 0;
    @Nullable Cursor last = null;
    for (Cursor key : page.keys()) {
      SessionRecord session = step.indexed(key.name());
      if (session != null) {
        bytes += session.fieldBytes();
        if (last != null && bytes > Page.MAX_BYTES) {
          next = last;
          break;
        }
        last = key;
        FirstOfIssue first = FirstOfIssue.of(step, session);
        entries.add(new Entry(step.view(session), first.id(), first.claimed()));
      }
    }
    return new Answer(entries, next, FindQueue.show(step, project));
  }
}
