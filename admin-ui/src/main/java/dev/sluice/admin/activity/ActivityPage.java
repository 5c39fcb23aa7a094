package dev.sluice.admin.activity;

import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.Sessions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("admin/activity")
public record ActivityPage(Shell shell, Audit audit, Sessions sessions) {

  public record View(Rows<AuditRow> table, Pager pager) {}

  @GET
  public Response page(
      @Context ContainerRequestContext request, @QueryParam("cursor") @Nullable String cursor) {
    return shell.answer(request, Section.ACTIVITY, visit -> content(visit, Lists.cursor(cursor)));
  }

  private Content content(Visit visit, @Nullable Cursor at) {
    Page<AuditLine> page = audit.list(visit.org(), at, Lists.SIZE);
    return Content.of(
        Section.ACTIVITY,
        "activity",
        new View(
            new Rows<>(AuditRow.of(page.items(), sessions, visit)),
            Lists.pager(
                at, page, next -> visit.links().to(Section.ACTIVITY.path(), "cursor", next))));
  }
}
