package dev.sluice.backend.hazelcast;

import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Session;
import dev.sluice.backend.hazelcast.operation.FindSession;
import dev.sluice.backend.hazelcast.operation.Reply;
import dev.sluice.backend.hazelcast.operation.SessionPage;
import dev.sluice.backend.hazelcast.operation.SessionView;
import dev.sluice.backend.hazelcast.state.FinalRecord;
import dev.sluice.backend.hazelcast.state.MovedSession;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sessions with the JSON they were enqueued with, which is in a map of its own. */
final class Items {

  /** Stands for an item that is not there; what became of its session says so. */
  private static final String MISSING = "";

  private final OrgMap orgs;
  private final Outside outside;

  Items(OrgMap orgs, Outside outside) {
    this.orgs = orgs;
    this.outside = outside;
  }

  Session show(String org, SessionView view) {
    return show(org, List.of(view)).get(0);
  }

  /** A page with all that stands on it. */
  Page<Session> show(String org, SessionPage page) {
    return new Page<>(show(org, views(org, page.entries())), page.next());
  }

  private List<Session> show(String org, List<SessionView> views) {
    List<@Nullable String> items =
        outside.items().fetch(views.stream().map(view -> ref(org, view.session())).toList());
    List<Session> sessions = new ArrayList<>(views.size());
    for (int i = 0; i < views.size(); i++) {
      String item = items.get(i);
      SessionView view = views.get(i);
      sessions.add(view.session().show(view.position(), item == null ? MISSING : item));
    }
    return sessions;
  }

  private List<SessionView> views(String org, List<SessionPage.Entry> entries) {
    List<Reply.Needed> names =
        entries.stream()
            .map(SessionPage.Entry::moved)
            .filter(Objects::nonNull)
            .map(moved -> new Reply.Needed(moved.id(), moved.record()))
            .toList();
    Map<Reply.Needed, FinalRecord> found =
        names.isEmpty() ? Map.of() : outside.records().fetch(org, names);
    List<SessionView> views = new ArrayList<>(entries.size());
    for (SessionPage.Entry entry : entries) {
      MovedSession moved = entry.moved();
      SessionView view = entry.session();
      if (moved != null) {
        FinalRecord record = found.get(new Reply.Needed(moved.id(), moved.record()));
        view = record == null ? again(org, moved) : new SessionView(record.session(), 0);
      }
      if (view != null) {
        views.add(view);
      }
    }
    return views;
  }

  /** A session that has changed since the page was made, or whose record is damaged. */
  private @Nullable SessionView again(String org, MovedSession moved) {
    try {
      SessionView view = orgs.call(org, new FindSession(moved.id())).value();
      return view.session().place() == Place.ENDED ? view : null;
    } catch (RefusedException e) {
      return null;
    }
  }

  private static Blobs.Ref ref(String org, SessionRecord session) {
    return new Blobs.Ref(org, session.id(), session.payload());
  }
}
