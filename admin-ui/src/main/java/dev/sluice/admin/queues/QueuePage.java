package dev.sluice.admin.queues;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.QueueButtons;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.admin.work.WorkList;
import dev.sluice.admin.work.WorkLists;
import dev.sluice.admin.work.WorkState;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.store.QueueBackend;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("admin/queues/{project}")
public record QueuePage(Shell shell, QueueBackend backend) {

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
    WorkState state = state(visit, project, tab);
    ProjectQueue queue = backend.queues().find(visit.org(), project);
    String place = state.place().wire();
    WorkList list =
        new WorkLists(backend)
            .of(
                visit,
                project,
                state,
                at,
                cursor -> visit.links().queue(project, "place", place, "cursor", cursor));
    QueueView view =
        new QueueView(
            QueueRow.of(queue, visit.reading().fleet(), null, visit.links(), visit.now()),
            visit.may(VisitorRole.OPERATOR)
                ? QueueButtons.of(queue, visit.links())
                : ActButton.Menu.NONE,
            QueueTabs.limits(queue),
            QueueTabs.of(queue, state, visit.links()),
            list,
            visit.links().to(Section.CHARTS.path(), "project", project));
    return new Content(Section.QUEUES, "Queue " + Formats.cut(project, 80), "queue", view);
  }

  private static WorkState state(Visit visit, String project, @Nullable String tab) {
    if (tab == null || tab.isEmpty()) {
      return WorkState.WAITING;
    }
    return QueueTabs.STATES.stream()
        .filter(state -> state.place().wire().equals(tab))
        .findFirst()
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "No such place in a queue.", visit.links().queue(project), "Go to the queue"));
  }
}
