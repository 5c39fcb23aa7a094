package dev.sluice.admin.overview;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.activity.AuditRow;
import dev.sluice.admin.charts.FleetHistory;
import dev.sluice.admin.charts.Sparks;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.fleet.FleetSnapshot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("admin")
public record OverviewPage(Shell shell, QueueBackend backend, FleetHistory history) {

  private static final int LAST_ACTS = 10;

  @GET
  public Response page(@Context ContainerRequestContext request) {
    return shell.answer(request, Section.OVERVIEW, this::content);
  }

  private Content content(Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    if (fleet == null) {
      return new Content(Section.OVERVIEW, Problems.AWAY.title(), "saying", Problems.AWAY);
    }
    return Content.of(
        Section.OVERVIEW,
        "overview",
        OverviewView.of(
            fleet,
            visit.reading().findings(),
            new Sparks(history, visit.org(), visit.now())::of,
            acts(visit),
            visit.may(VisitorRole.ADMIN) ? visit.links().to("/add-worker") : null,
            stop(fleet, visit),
            untouched(fleet, visit),
            visit));
  }

  /** True for an org that has and had neither work nor a worker; false while nobody knows. */
  private boolean untouched(FleetSnapshot fleet, Visit visit) {
    return !visit.reading().away()
        && fleet.workers().isEmpty()
        && fleet.queues().isEmpty()
        && backend.sessions().rows(visit.org(), null, Place.ENDED, null, 1).items().isEmpty();
  }

  private static ActButton.Menu stop(FleetSnapshot fleet, Visit visit) {
    return visit.may(VisitorRole.OPERATOR) && fleet.counts().claimed() > 0
        ? ActButton.menu(List.of(ActButton.harm("Stop everything", visit.links().to("/stops"))))
        : ActButton.Menu.NONE;
  }

  private OverviewView.@Nullable Acts acts(Visit visit) {
    if (visit.reading().away()) {
      return null;
    }
    return new OverviewView.Acts(
        new Rows<>(
            AuditRow.of(
                backend.audit().list(visit.org(), null, LAST_ACTS).items(),
                backend.sessions(),
                visit)),
        visit.links().to(Section.ACTIVITY.path()));
  }
}
