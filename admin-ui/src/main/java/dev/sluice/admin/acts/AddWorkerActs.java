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

/** The way in for workers. */
@Path("admin/add-worker")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class AddWorkerActs {

  private final Desk desk;
  private final AdminDependencies given;

  public AddWorkerActs(Desk desk, AdminDependencies given) {
    this.desk = desk;
    this.given = given;
  }

  /** See {@link Desk#form}. */
  @GET
  public Response form(@Context ContainerRequestContext request) {
    return desk.form(request, new AddWorkerAct(given.keys()));
  }

  /** See {@link Desk#post}; 200 with the secret. */
  @POST
  public Response post(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, new AddWorkerAct(given.keys()));
  }
}
