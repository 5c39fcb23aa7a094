package dev.sluice.admin.pages;

import dev.sluice.admin.Role;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.QueueRow;
import dev.sluice.admin.view.QueueTabs;
import dev.sluice.admin.view.QueueView;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.SessionRow;
import dev.sluice.admin.view.Table;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Ids;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.PageProblem;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Session;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queue of a project, a place at a time. */
@Path("admin/queues/{project}")
public final class QueueResource {

  /** Each waiting item is asked for its reasons, so a page of them is short. */
  private static final int WAITING_SIZE = 25;

  /** How many sessions of all projects a page looks at for those of one. */
  private static final int LOOK = 100;

  private final Shell shell;
  private final QueueBackend backend;
  private final WaitingRows waiting;

  public QueueResource(Shell shell, QueueBackend backend) {
    this.shell = shell;
    this.backend = backend;
    this.waiting = new WaitingRows(backend.work());
  }

  /** See {@link Shell#answer}. */
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
    Ids.require(project, "project", visit, Section.QUEUES);
    Place place = place(visit, project, tab);
    ProjectQueue queue = backend.queues().find(visit.org(), project).value();
    Page<Session> page =
        place.waits()
            ? backend.work().list(visit.org(), project, place, at, WAITING_SIZE).value()
            : backend.sessions().list(visit.org(), place, at, LOOK).value();
    QueueView view =
        new QueueView(
            QueueRow.of(queue, visit.reading().fleet(), null, visit.links(), visit.now()),
            acts(queue, visit),
            QueueTabs.limits(queue),
            QueueTabs.of(queue, place, visit.links()),
            place.waits() ? new Table<>(waiting.of(page, visit)) : null,
            place.waits() ? null : new Table<>(own(page, project, visit)),
            QueueTabs.note(place),
            place == Place.CLAIMED,
            pager(visit, project, place, at, page),
            visit.links().to(Section.CHARTS.path(), "project", project));
    return new Content(Section.QUEUES, "Queue " + Formats.cut(project, 80), "queue", view);
  }

  private static List<ActButton> acts(ProjectQueue queue, Visit visit) {
    if (!visit.may(Role.OPERATOR)) {
      return List.of();
    }
    Links links = visit.links();
    return List.of(
        queue.pause() == null
            ? ActButton.form("Pause", links.queueAct(queue.project(), "pause"))
            : ActButton.now("Resume", links.queueAct(queue.project(), "resume")));
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
                PageProblem.badRequest(
                    "A queue has no such place.", visit.links().queue(project), "Go to the queue"));
  }

  private static List<SessionRow> own(Page<Session> page, String project, Visit visit) {
    return page.items().stream()
        .filter(session -> session.project().equals(project))
        .map(session -> SessionRow.of(session, visit.links(), visit.now()))
        .toList();
  }

  private static Pager pager(
      Visit visit, String project, Place place, @Nullable Cursor at, Page<Session> page) {
    return Lists.pager(
        at, page, next -> visit.links().queue(project, "place", place.wire(), "cursor", next));
  }
}
