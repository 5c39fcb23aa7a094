package dev.sluice.admin.work;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.fleet.FleetClaims;
import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.SessionHealth;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.control.FleetSearch;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Path("admin/work")
public record WorkPage(Shell shell, QueueBackend backend) {

  @GET
  public Response page(@Context ContainerRequestContext request) {
    WorkQuery query = WorkQuery.of(request.getUriInfo().getQueryParameters());
    return shell.answer(request, Section.WORK, visit -> content(visit, query));
  }

  private Content content(Visit visit, WorkQuery query) {
    FleetSnapshot fleet = visit.reading().fleet();
    return fleet == null
        ? new Content(Section.WORK, Problems.AWAY.title(), "saying", Problems.AWAY)
        : new Content(Section.WORK, query.state().title(), "work", view(visit, query, fleet));
  }

  private WorkView view(Visit visit, WorkQuery query, FleetSnapshot fleet) {
    Links links = visit.links();
    WorkState state = query.state();
    WorkControls controls = new WorkControls(query, fleet, links);
    String project = query.get(WorkFilter.PROJECT);
    String words = query.get(WorkFilter.Q);
    List<Claim> running =
        state.claimed() ? new RunningWork(query, fleet, visit.now()).matching() : List.of();
    boolean choose = state.waits() && project == null && query.get(WorkFilter.ISSUE) == null;
    WorkList list =
        choose ? null : state.claimed() ? page(visit, query, running) : listed(visit, query);
    return new WorkView(
        state.title(),
        Links.ROOT + Section.WORK.path(),
        links.org(),
        visit.may(VisitorRole.OPERATOR) ? controls.acts() : ActButton.Menu.NONE,
        words,
        controls.kept(),
        new Rows<>(words == null ? List.of() : hits(visit, words, fleet, running)),
        query.dropped(),
        controls.tabs(),
        state.claimed() ? controls.health() : null,
        state.claimed() ? controls.sorts() : null,
        new Rows<>(controls.chips()),
        controls.hidden(),
        controls.fields(),
        choose ? controls.projects() : null,
        list,
        state.claimed() ? count(query, running.size(), fleet) : cut(query, list),
        state.claimed() ? TimeText.of(fleet.claims().countedAtMs(), visit.now()) : null);
  }

  private static String count(WorkQuery query, int matching, FleetSnapshot fleet) {
    boolean all = fleet.claims().all().size() < FleetClaims.MOST_KEPT;
    SessionHealth health = query.health();
    return (health == null ? "" : "Only those " + health.word() + ": " + health.means() + ". ")
        + Formats.count(matching, "session")
        + (all ? "" : " of the " + Formats.count(FleetClaims.MOST_KEPT) + " longest claimed");
  }

  private static @Nullable String cut(WorkQuery query, @Nullable WorkList list) {
    boolean full =
        list != null
            && query.get(WorkFilter.ISSUE) != null
            && list.groups().rows().stream()
                .anyMatch(group -> group.table().rows().size() == FleetSearch.MOST);
    return full ? "The first " + FleetSearch.MOST + "; the issue may have more" : null;
  }

  private static WorkList page(Visit visit, WorkQuery query, List<Claim> running) {
    int from = Math.min((query.page() - 1) * Lists.SIZE, running.size());
    int to = Math.min(from + Lists.SIZE, running.size());
    Links links = visit.links();
    Pager pager =
        new Pager(
            query.page() == 1 ? null : query.at(1, links),
            to < running.size() ? query.at(query.page() + 1, links) : null);
    return WorkList.of(
            query.state(),
            running.subList(from, to).stream().map(claim -> WorkRow.of(claim, visit)).toList(),
            null,
            false,
            false,
            pager)
        .selecting(
            visit,
            query.at(query.page(), links),
            AllWork.fields(query),
            "All " + Formats.count(running.size(), "session") + " of this list");
  }

  private WorkList listed(Visit visit, WorkQuery query) {
    WorkLists lists = new WorkLists(backend);
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

  private List<Search.Hit> hits(
      Visit visit, String words, FleetSnapshot fleet, List<Claim> listed) {
    Set<String> ids = listed.stream().map(Claim::id).collect(Collectors.toSet());
    List<Search.Hit> hits = new ArrayList<>();
    FleetSearch.stored(backend.sessions(), visit.org(), words, found -> !ids.contains(found.id()))
        .forEach(session -> hits.add(hit(session, visit.links())));
    hits.addAll(new Search(words, fleet).hits(visit));
    return hits;
  }

  private static Search.Hit hit(Session session, Links links) {
    String name = SessionName.of(session, links).words();
    String kind =
        session.place() == Place.CLAIMED && session.state().terminal()
            ? WorkState.STOPPING.word()
            : session.place().wire();
    return new Search.Hit(kind, new Ref(name, links.session(session.id())));
  }
}
