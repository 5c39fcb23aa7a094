package dev.sluice.admin.queues;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.charts.FleetHistory;
import dev.sluice.admin.charts.Sparks;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import dev.sluice.fleet.FleetSnapshot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("admin/queues")
public record QueuesPage(Shell shell, Queues queues, FleetHistory history) {

  public record View(ActButton.Menu acts, Rows<QueueRow> table, Pager pager) {

    /** False on the overview. */
    public boolean full() {
      return true;
    }
  }

  @GET
  public Response page(
      @Context ContainerRequestContext request, @QueryParam("cursor") @Nullable String cursor) {
    return shell.answer(request, Section.QUEUES, visit -> content(visit, cursor));
  }

  private Content content(Visit visit, @Nullable String cursor) {
    Cursor at = Lists.cursor(cursor);
    Page<ProjectQueue> page = queues.list(visit.org(), at, Lists.SIZE);
    Sparks sparks = new Sparks(history, visit.org(), visit.now());
    return Content.of(
        Section.QUEUES,
        "queues",
        new View(
            acts(visit, page.items()),
            new Rows<>(page.items().stream().map(queue -> row(queue, sparks, visit)).toList()),
            Lists.pager(
                at, page, next -> visit.links().to(Section.QUEUES.path(), "cursor", next))));
  }

  /** All operators share the page and get the same. */
  private static ActButton.Menu acts(Visit visit, List<ProjectQueue> queues) {
    if (!visit.may(VisitorRole.OPERATOR)) {
      return ActButton.Menu.NONE;
    }
    FleetSnapshot fleet = visit.reading().fleet();
    List<ProjectQueue> all = fleet == null ? queues : fleet.queues();
    List<ActButton> acts = new ArrayList<>();
    if (all.stream().anyMatch(queue -> queue.pause() == null)) {
      acts.add(ActButton.form("Pause all", visit.links().to("/pause-all")));
    }
    if (all.stream().anyMatch(queue -> queue.pause() != null)) {
      acts.add(ActButton.form("Resume all I paused", visit.links().to("/resume-all")));
    }
    return ActButton.menu(acts);
  }

  private static QueueRow row(ProjectQueue queue, Sparks sparks, Visit visit) {
    return QueueRow.of(
        queue, visit.reading().fleet(), sparks.of(queue.project()), visit.links(), visit.now());
  }
}
