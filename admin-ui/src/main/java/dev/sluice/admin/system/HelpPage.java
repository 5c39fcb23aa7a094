package dev.sluice.admin.system;

import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Shell;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Works without the store. */
@Path("admin/help")
public record HelpPage(Shell shell) {

  @GET
  public Response page(@Context ContainerRequestContext request) {
    return shell.answer(
        request, Section.HELP, visit -> Content.of(Section.HELP, "help", HelpView.WORDS));
  }
}
