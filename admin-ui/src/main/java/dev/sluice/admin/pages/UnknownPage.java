package dev.sluice.admin.pages;

import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Saying;
import dev.sluice.admin.web.Shell;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** An address under the dashboard that no page has. It shows nothing, so it asks for no login. */
@Path("admin/{rest: .+}")
public final class UnknownPage {

  /** 404. */
  @GET
  public Response get(@Context ContainerRequestContext request) {
    Saying saying =
        new Saying("No such page", "Nothing stands at this address.", Links.ROOT, "Go to overview");
    return Shell.bare(request, 404, saying);
  }

  /** 404. */
  @POST
  public Response post(@Context ContainerRequestContext request) {
    return get(request);
  }

  /** 404. */
  @PUT
  public Response put(@Context ContainerRequestContext request) {
    return get(request);
  }

  /** 404. */
  @DELETE
  public Response delete(@Context ContainerRequestContext request) {
    return get(request);
  }
}
