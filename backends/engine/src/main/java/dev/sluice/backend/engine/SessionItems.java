package dev.sluice.backend.engine;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.read.ListedSessions;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.read.ReadOperation;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.StoredItem;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class SessionItems {

  private static final String MISSING = "";

  private static final int RECORDS = 50;

  private final Orgs orgs;
  private final SideTables tables;

  SessionItems(Orgs orgs, SideTables tables) {
    this.orgs = orgs;
    this.tables = tables;
  }

  Session change(String org, Operation<PositionedSession> operation) {
    return orgs.reading(
        () -> {
          PositionedSession answer = orgs.call(org, operation);
          return show(org, answer);
        });
  }

  /** Whatever happened to it since its change. */
  Session show(String org, PositionedSession view) {
    @Nullable String item = tables.items().fetch(ref(org, view.session()));
    return show(view, item);
  }

  Session read(String org, ReadOperation<PositionedSession> operation) {
    return read(org, operation, view -> view, (view, session) -> session);
  }

  /**
   * Another node may delete record and item between the two reads; then it reads again, and either
   * the session is unknown or the item is lost.
   */
  <A, S> S read(
      String org,
      ReadOperation<A> operation,
      Function<A, PositionedSession> sessionOf,
      BiFunction<A, Session, S> answer) {
    long missing = Blobs.EMPTY;
    while (true) {
      A found = orgs.call(org, operation);
      PositionedSession view = sessionOf.apply(found);
      @Nullable String item = tables.items().fetch(ref(org, view.session()));
      if (item != null || view.session().payload() == missing) {
        return answer.apply(found, show(view, item));
      }
      missing = view.session().payload();
    }
  }

  Page<Session> show(String org, ListedSessions page) {
    Part part = part(org, page, true, Set.of(Place.ENDED));
    List<PositionedSession> views = part.views();
    List<@Nullable String> items =
        tables.items().fetch(views.stream().map(view -> ref(org, view.session())).toList());
    List<Session> sessions = new ArrayList<>(views.size());
    for (int i = 0; i < views.size(); i++) {
      if (items.get(i) != null || isThere(org, views.get(i).session())) {
        sessions.add(show(views.get(i), items.get(i)));
      }
    }
    return new Page<>(sessions, part.next());
  }

  /** {@code places} are those in which a session still belongs on the page. */
  Page<Session> rows(String org, ListedSessions page, Set<Place> places) {
    Part part = part(org, page, false, places);
    return new Page<>(part.views().stream().map(SessionItems::row).toList(), part.next());
  }

  private record Part(List<PositionedSession> views, @Nullable Cursor next) {}

  private Part part(String org, ListedSessions page, boolean withItems, Set<Place> places) {
    List<PositionedSession> views = new ArrayList<>(page.entries().size());
    long bytes = 0;
    for (int from = 0; from < page.entries().size(); from += RECORDS) {
      List<ListedSessions.Entry> some =
          page.entries().subList(from, Math.min(from + RECORDS, page.entries().size()));
      List<@Nullable PositionedSession> found = views(org, some, places);
      for (int i = 0; i < some.size(); i++) {
        PositionedSession view = found.get(i);
        if (view == null) {
          continue;
        }
        bytes += view.session().fieldBytes() + (withItems ? view.session().bytes() : 0);
        if (!views.isEmpty() && bytes > Page.MAX_BYTES) {
          return new Part(views, page.entries().get(from + i - 1).key());
        }
        views.add(view);
      }
    }
    return new Part(views, page.next());
  }

  static Session row(PositionedSession view) {
    return view.show("");
  }

  private static Session show(PositionedSession view, @Nullable String item) {
    return view.show(item == null ? MISSING : StoredItem.json(item));
  }

  private boolean isThere(String org, SessionRecord session) {
    try {
      PositionedSession now = orgs.callAside(org, new FindSession(session.id()));
      return now.session().payload() == session.payload();
    } catch (RefusedException e) {
      return false;
    }
  }

  private List<@Nullable PositionedSession> views(
      String org, List<ListedSessions.Entry> entries, Set<Place> places) {
    List<OrgReply.Needed> names =
        entries.stream()
            .map(ListedSessions.Entry::moved)
            .filter(Objects::nonNull)
            .map(moved -> new OrgReply.Needed(moved.id(), moved.record()))
            .toList();
    Map<OrgReply.Needed, FinalRecord> found =
        names.isEmpty() ? Map.of() : tables.records().fetch(org, names);
    List<@Nullable PositionedSession> views = new ArrayList<>(entries.size());
    for (ListedSessions.Entry entry : entries) {
      MovedSession moved = entry.moved();
      PositionedSession view = entry.session();
      if (moved != null) {
        FinalRecord record = found.get(new OrgReply.Needed(moved.id(), moved.record()));
        view =
            record == null ? again(org, moved, places) : new PositionedSession(record.session(), 0);
      }
      views.add(view);
    }
    return views;
  }

  /** A session that changed since the page was made, or is damaged. */
  private @Nullable PositionedSession again(String org, MovedSession moved, Set<Place> places) {
    try {
      PositionedSession view = orgs.callAside(org, new FindSession(moved.id()));
      return places.contains(view.session().place()) ? view : null;
    } catch (RefusedException e) {
      return null;
    }
  }

  private static Blobs.Ref ref(String org, SessionRecord session) {
    return new Blobs.Ref(org, session.id(), session.payload());
  }
}
