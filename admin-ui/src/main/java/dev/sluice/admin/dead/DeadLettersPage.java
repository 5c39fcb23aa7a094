package dev.sluice.admin.dead;

import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("admin/dead")
public record DeadLettersPage(Shell shell, QueueBackend backend) {

  @GET
  public Response page(
      @Context ContainerRequestContext request, @QueryParam("cursor") @Nullable String cursor) {
    return shell.answer(request, Section.DEAD, visit -> content(visit, Lists.cursor(cursor)));
  }

  private Content content(Visit visit, @Nullable Cursor at) {
    Page<Session> page =
        backend.sessions().rows(visit.org(), null, Place.DEAD, at, Lists.SIZE).value();
    long total = backend.work().counts(visit.org()).value().dead();
    Pager pager =
        Lists.pager(at, page, next -> visit.links().to(Section.DEAD.path(), "cursor", next));
    return Content.of(
        Section.DEAD,
        "dead",
        DeadView.of(
            page.items(),
            total,
            pager,
            visit.links().to(Section.DEAD.path(), "cursor", at == null ? null : at.text()),
            visit));
  }
}
