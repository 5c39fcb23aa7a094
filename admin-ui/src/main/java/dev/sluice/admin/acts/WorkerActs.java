package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
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

/** What is done to one worker. */
@Path("admin/workers/{id}")
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
  @Path("drain")
  public Response drainForm(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, draining(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("drain")
  public Response drain(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, draining(id));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("undrain")
  public Response undrainForm(
      @Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, undraining(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("undrain")
  public Response undrain(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, undraining(id));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("deregister")
  public Response deregisterForm(
      @Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, deregistering(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("deregister")
  public Response deregister(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, deregistering(id));
  }

  private DrainAct draining(String id) {
    return new DrainAct(given.control(), given.backend().workers(), id);
  }

  private UndrainAct undraining(String id) {
    return new UndrainAct(given.control(), given.backend().workers(), id);
  }

  private DeregisterAct deregistering(String id) {
    return new DeregisterAct(given.control(), given.backend(), id);
  }
}
