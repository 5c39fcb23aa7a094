package dev.sluice.admin.keys;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Tells an admin who has just added a worker that it has connected. */
@Path("admin/add-worker/{id}")
public record JoinedPage(Shell shell, Credentials credentials) {

  public record View(String name, JoinedView joined) {}

  @GET
  public Response page(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return shell.answer(request, Section.KEYS, visit -> content(visit, id));
  }

  private Content content(Visit visit, String id) {
    Key key = RevokeKeyAct.key(credentials, visit, id);
    return new Content(
        Section.KEYS,
        "Workers of key " + Formats.cut(key.name(), 80),
        "joined",
        new View(Formats.cut(key.name(), 80), JoinedView.of(id, visit)));
  }
}
