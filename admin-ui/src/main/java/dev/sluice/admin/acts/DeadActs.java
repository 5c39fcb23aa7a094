package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.control.BulkVerb;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** What is done to dead letters: to one of them, or to all that match. */
@Path("admin/dead")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class DeadActs {

  private final Desk desk;
  private final AdminDependencies given;

  public DeadActs(Desk desk, AdminDependencies given) {
    this.desk = desk;
    this.given = given;
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("{id}/{act: requeue|discard}")
  public Response form(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("act") String act) {
    return desk.form(request, one(id, act));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("{id}/{act: requeue|discard}")
  public Response post(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("act") String act,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, one(id, act));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("{act: requeue|discard}")
  public Response formForAll(
      @Context ContainerRequestContext request, @PathParam("act") String act) {
    return desk.form(request, all(act));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("{act: requeue|discard}")
  public Response postForAll(
      @Context ContainerRequestContext request,
      @PathParam("act") String act,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, all(act));
  }

  private Act one(String id, String act) {
    return new DeadAct(given.control(), given.backend(), id, act.equals("requeue"));
  }

  private Act all(String act) {
    BulkVerb verb = act.equals("requeue") ? BulkVerb.REQUEUE : BulkVerb.DISCARD;
    return new BulkAct(given.control(), given.backend(), verb, null);
  }
}
