package dev.sluice.admin.work;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Searches;
import dev.sluice.fleet.FleetSnapshot;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All work of a list, as a form carries that list from its page to an act. */
public final class AllWork {

  /** Ticked for all of the list, not only the ticked rows. */
  public static final String ALL = "all";

  private static final String PREFIX = "list.";

  private AllWork() {}

  static List<Field> fields(WorkQuery query) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.hidden(PREFIX + WorkQuery.STATE, query.state().word()));
    query
        .filters()
        .forEach((filter, value) -> fields.add(Field.hidden(PREFIX + filter.word(), value)));
    return fields;
  }

  /**
   * Returns the first ids of the list, read now.
   *
   * @throws Searches.TooManyException if the list is one of a search, and too many are running
   */
  public static List<String> ids(AdminDependencies given, Visit visit, FormInput typed, int most) {
    MultivaluedMap<String, String> list = new MultivaluedHashMap<>();
    typed
        .fields()
        .forEach(
            (name, values) -> {
              if (name.startsWith(PREFIX)) {
                list.put(name.substring(PREFIX.length()), values);
              }
            });
    WorkQuery query = WorkQuery.of(list);
    return query.searches()
        ? visit.search(given.searches(), () -> ids(given.backend(), visit, query, most))
        : ids(given.backend(), visit, query, most);
  }

  private static List<String> ids(QueueBackend backend, Visit given, WorkQuery query, int most) {
    Visit visit = query.needsUnclaimed() ? given.withUnclaimed() : given;
    FleetSnapshot fleet = visit.reading().fleet();
    if (!query.dropped().isEmpty() || fleet == null) {
      return List.of(); // would be more than the list shows
    }
    return query.inMemory()
        ? MatchingWork.of(query, fleet, visit.now(), visit.links().prompts()).ids().stream()
            .limit(most)
            .toList()
        : stored(backend, visit.org(), query, most);
  }

  private static List<String> stored(QueueBackend backend, String org, WorkQuery query, int most) {
    String project = query.get(WorkFilter.PROJECT);
    String issue = query.get(WorkFilter.ISSUE);
    if (query.state().waits() && issue != null) {
      return WorkLists.ofIssue(backend, org, query, issue).stream()
          .map(Session::id)
          .limit(most)
          .toList();
    }
    if (query.state().waits() && project == null) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    @Nullable Cursor cursor = null;
    do {
      Page<Session> page =
          query.state().waits() && project != null
              ? Standing.sessions(
                  backend.work().standings(org, project, query.state().place(), cursor, Page.MAX))
              : backend.sessions().rows(org, project, query.state().place(), cursor, Page.MAX);
      page.items().forEach(session -> ids.add(session.id()));
      cursor = page.next();
    } while (cursor != null && ids.size() < most);
    return ids.stream().limit(most).toList();
  }
}
