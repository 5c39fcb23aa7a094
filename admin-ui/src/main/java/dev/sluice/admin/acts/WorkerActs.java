package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** What is done to one worker. */
@Path("admin/workers/{id}/{act: drain|undrain|deregister}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class WorkerActs {

  private final Desk desk;
  private final AdminDependencies given;

  public WorkerActs(Desk desk, AdminDependencies given) {
    this.desk = desk;
    this.given = given;
  }

  /** See {@link Desk#form}. */
  @GET
  public Response form(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("act") String act) {
    return desk.form(request, act(id, act));
  }

  /** See {@link Desk#post}. */
  @POST
  public Response post(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("act") String act,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, act(id, act));
  }

  private Act act(String id, String act) {
    return switch (act) {
      case "drain" -> new DrainAct(given.control(), given.backend().workers(), id);
      case "undrain" -> new UndrainAct(given.control(), given.backend().workers(), id);
      case "deregister" -> new DeregisterAct(given.control(), given.backend(), id);
      default -> throw new NotFoundException(); // the path has no other
    };
  }
}
