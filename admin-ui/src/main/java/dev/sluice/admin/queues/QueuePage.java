package dev.sluice.admin.queues;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.sessions.SessionButtons;
import dev.sluice.admin.sessions.SessionRow;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Standing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("admin/queues/{project}")
public record QueuePage(Shell shell, QueueBackend backend) {

  private static final int WAITING_SIZE = 25;

  @GET
  public Response page(
      @Context ContainerRequestContext request,
      @PathParam("project") String project,
      @QueryParam("place") @Nullable String place,
      @QueryParam("cursor") @Nullable String cursor) {
    return shell.answer(
        request, Section.QUEUES, visit -> content(visit, project, place, Lists.cursor(cursor)));
  }

  private Content content(Visit visit, String project, @Nullable String tab, @Nullable Cursor at) {
    PageIds.require(project, "project", visit, Section.QUEUES);
    Place place = place(visit, project, tab);
    ProjectQueue queue = backend.queues().find(visit.org(), project).value();
    Listed listed =
        place.waits()
            ? waiting(visit, project, place, at)
            : claimedOrDead(visit, project, place, at);
    QueueView view =
        new QueueView(
            QueueRow.of(queue, visit.reading().fleet(), null, visit.links(), visit.now()),
            visit.may(VisitorRole.OPERATOR) ? QueueButtons.of(queue, visit.links()) : List.of(),
            QueueTabs.limits(queue),
            QueueTabs.of(queue, place, visit.links()),
            listed.waiting(),
            listed.common().isEmpty() ? null : String.join("; ", listed.common()),
            listed.sessions(),
            QueueTabs.note(place),
            place == Place.CLAIMED,
            visit.may(VisitorRole.OPERATOR) && place != Place.CLAIMED,
            listed.pager(),
            visit.links().to(Section.CHARTS.path(), "project", project));
    return new Content(Section.QUEUES, "Queue " + Formats.cut(project, 80), "queue", view);
  }

  private static Place place(Visit visit, String project, @Nullable String tab) {
    if (tab == null || tab.isEmpty()) {
      return Place.READY;
    }
    return QueueTabs.PLACES.stream()
        .filter(place -> place.wire().equals(tab))
        .findFirst()
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "No such place in a queue.", visit.links().queue(project), "Go to the queue"));
  }

  private record Listed(
      @Nullable Rows<WaitingRow> waiting,
      List<String> common,
      @Nullable Rows<SessionRow> sessions,
      Pager pager) {}

  private Listed waiting(Visit visit, String project, Place place, @Nullable Cursor at) {
    Page<Standing> page =
        backend.work().standings(visit.org(), project, place, at, WAITING_SIZE).value();
    String here = here(visit, project, place, at);
    List<WaitingRow> rows =
        page.items().stream()
            .map(
                standing ->
                    WaitingRow.of(
                        standing,
                        place,
                        SessionButtons.waitingRow(standing.session().id(), visit.links(), here),
                        visit))
            .toList();
    List<String> common = WaitingRow.common(rows);
    return new Listed(
        new Rows<>(rows.stream().map(row -> row.without(common)).toList()),
        common,
        null,
        pager(visit, project, place, at, page));
  }

  private Listed claimedOrDead(Visit visit, String project, Place place, @Nullable Cursor at) {
    Page<Session> page =
        backend.sessions().rows(visit.org(), project, place, at, Lists.SIZE).value();
    String here = here(visit, project, place, at);
    List<SessionRow> rows =
        page.items().stream()
            .map(
                session ->
                    SessionRow.of(session, visit)
                        .acting(SessionButtons.deadRow(session.id(), visit.links(), here)))
            .toList();
    return new Listed(null, List.of(), new Rows<>(rows), pager(visit, project, place, at, page));
  }

  private static String here(Visit visit, String project, Place place, @Nullable Cursor at) {
    return visit
        .links()
        .queue(project, "place", place.wire(), "cursor", at == null ? null : at.text());
  }

  private static Pager pager(
      Visit visit, String project, Place place, @Nullable Cursor at, Page<?> page) {
    return Lists.pager(
        at, page, next -> visit.links().queue(project, "place", place.wire(), "cursor", next));
  }
}
