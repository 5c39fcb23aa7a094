package dev.sluice.admin.work;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.FleetSearch;
import dev.sluice.control.Searches;
import dev.sluice.fleet.FleetClaims;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.SessionHealth;
import dev.sluice.fleet.UnclaimedWork;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Path("admin/work")
public record WorkPage(Shell shell, QueueBackend backend, Searches searches) {

  @GET
  public Response page(@Context ContainerRequestContext request) {
    WorkQuery query = WorkQuery.of(request.getUriInfo().getQueryParameters());
    return shell.answer(
        request,
        Section.WORK,
        visit ->
            query.searches()
                ? visit.search(searches, () -> content(visit, query))
                : content(visit, query));
  }

  private Content content(Visit given, WorkQuery query) {
    Visit visit = query.needsUnclaimed() ? given.withUnclaimed() : given;
    FleetSnapshot fleet = visit.reading().fleet();
    return fleet == null
        ? new Content(Section.WORK, Problems.AWAY.title(), "saying", Problems.AWAY)
        : new Content(Section.WORK, query.state().title(), "work", view(visit, query, fleet));
  }

  private WorkView view(Visit visit, WorkQuery query, FleetSnapshot fleet) {
    Links links = visit.links();
    WorkState state = query.state();
    WorkControls controls = new WorkControls(query, fleet, links);
    String words = query.get(WorkFilter.Q);
    boolean known = query.inMemory();
    MatchingWork matching =
        known
            ? MatchingWork.of(query, fleet, visit.now(), visit.links().prompts())
            : MatchingWork.NONE;
    boolean choose =
        state.waits()
            && !known
            && query.get(WorkFilter.PROJECT) == null
            && query.get(WorkFilter.ISSUE) == null;
    WorkLists lists = new WorkLists(backend);
    WorkList list =
        choose ? null : known ? lists.known(visit, query, matching) : listed(lists, visit, query);
    Search search = words == null ? null : new Search(words, fleet, state);
    return new WorkView(
        state.title(),
        Links.ROOT + Section.WORK.path(),
        links.org(),
        visit.may(VisitorRole.OPERATOR) ? controls.acts() : ActButton.Menu.NONE,
        words,
        controls.kept(),
        search == null ? null : search.scope(),
        new Rows<>(
            search == null
                ? List.of()
                : search.hits(visit, backend.sessions(), Set.copyOf(matching.ids()))),
        query.dropped(),
        controls.tabs(),
        controls.choices(),
        state.claimed() ? controls.sorts() : null,
        new Rows<>(controls.chips()),
        controls.hidden(),
        controls.fields(),
        choose ? controls.projects() : null,
        list,
        known ? count(query, matching.size(), fleet) : cut(query, list),
        state.claimed() ? TimeText.of(fleet.claims().countedAtMs(), visit.now()) : null);
  }

  private static String count(WorkQuery query, int matching, FleetSnapshot fleet) {
    if (!query.state().claimed()) {
      return ofUnclaimed(query.state(), matching, fleet);
    }
    boolean all = fleet.claims().all().size() < FleetClaims.MOST_KEPT;
    SessionHealth health = query.health();
    return (health == null ? "" : "Only those " + health.word() + ": " + health.means() + ". ")
        + Formats.count(matching, "session")
        + (all ? "" : " of the " + Formats.count(FleetClaims.MOST_KEPT) + " longest claimed");
  }

  private static String ofUnclaimed(WorkState state, int matching, FleetSnapshot fleet) {
    UnclaimedWork.Part part = state.in(fleet.unclaimed());
    String found = Formats.count(matching, state.one());
    if (!part.reading() && !part.cut()) {
      return found;
    }
    return found
        + (state.waits() ? " among the first " : " among the latest ")
        + Formats.count(part.sessions().size())
        + (state == WorkState.DEAD ? " of " + Formats.count(fleet.counts().dead()) : "")
        + (state.waits() ? " of " + Formats.count(fleet.counts().waiting()) + " that wait" : "")
        + (state.waits() ? "; others are " : "; older ones are ")
        + (part.reading() ? "being read" : "not looked at");
  }

  private static @Nullable String cut(WorkQuery query, @Nullable WorkList list) {
    boolean full =
        list != null
            && query.get(WorkFilter.ISSUE) != null
            && list.groups().rows().stream()
                .anyMatch(group -> group.table().rows().size() == FleetSearch.MOST);
    return full ? "The first " + FleetSearch.MOST + "; the issue may have more" : null;
  }

  private static WorkList listed(WorkLists lists, Visit visit, WorkQuery query) {
    String issue = query.get(WorkFilter.ISSUE);
    return query.state().waits() && issue != null
        ? lists.ofIssue(visit, query, issue)
        : lists.of(
            visit,
            query.get(WorkFilter.PROJECT),
            query.state(),
            Lists.cursor(query.cursor()),
            cursor -> query.at(cursor, visit.links()));
  }
}
