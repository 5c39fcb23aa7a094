package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** Stops all that runs in the org. */
@Path("admin/stops")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class StopActs {

  private final Desk desk;
  private final AdminDependencies given;

  public StopActs(Desk desk, AdminDependencies given) {
    this.desk = desk;
    this.given = given;
  }

  /** See {@link Desk#form}. */
  @GET
  public Response form(@Context ContainerRequestContext request) {
    return desk.form(request, new StopManyAct(given, null));
  }

  /** See {@link Desk#post}. */
  @POST
  public Response post(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, new StopManyAct(given, null));
  }
}
